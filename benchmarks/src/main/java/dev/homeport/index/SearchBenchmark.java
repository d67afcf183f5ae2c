package dev.homeport.index;

import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Measures how well searches answer questions whose answers are known.
///
/// Arguments: directories of corpora, then `--ablate` to leave out each part of the ranking in
/// turn. A corpus is a directory with `queries.jsonl` (see [Question]) and the files in `tree`; a
/// directory of corpora counts as one set. Prints a table in Markdown for each set.
public final class SearchBenchmark {
  /// As many as an agent gets if it asks for no other number; the reciprocal rank ends there too.
  private static final int ANSWERS = 10;

  private SearchBenchmark() {}

  private record Corpus(Path tree, List<Question> questions) {}

  /// Runs the measurement.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean ablate = List.of(arguments).contains("--ablate");
    for (String argument : arguments) {
      if (!argument.startsWith("--")) {
        List<Corpus> corpora = corpora(Path.of(argument));
        System.out.printf(Locale.ROOT, "%n%s%n%n%s%n", argument, RankFigures.HEAD);
        System.out.println(plain(corpora).row("plain BM25"));
        System.out.println(measure(corpora, RankingPart.ALL).row("all parts"));
        if (ablate) {
          for (RankingPart part : RankingPart.values()) {
            var others = EnumSet.complementOf(EnumSet.of(part));
            String name = "without " + part.name().toLowerCase(Locale.ROOT);
            System.out.println(measure(corpora, others).row(name));
          }
        }
      }
    }
  }

  private static List<Corpus> corpora(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, 2)) {
      var corpora = new ArrayList<Corpus>();
      for (Path file : files.filter(f -> f.endsWith("queries.jsonl")).sorted().toList()) {
        corpora.add(new Corpus(file.resolveSibling("tree").toRealPath(), Question.read(file)));
      }
      if (corpora.isEmpty()) {
        throw new IllegalArgumentException("no queries.jsonl in " + directory);
      }
      return corpora;
    }
  }

  private static RankFigures plain(List<Corpus> corpora) throws IOException {
    var figures = new RankFigures();
    for (Corpus corpus : corpora) {
      try (var files = new PlainSearch(corpus.tree(), false);
          var lines = new PlainSearch(corpus.tree(), true)) {
        for (Question question : corpus.questions()) {
          PlainSearch search = question.asksForLines() ? lines : files;
          figures.add(search.search(question.query(), ANSWERS), question.relevant());
        }
      }
    }
    return figures;
  }

  /// The figures of searches with some parts over one corpus.
  static RankFigures measure(Path corpus, Set<RankingPart> parts)
      throws IOException, InterruptedException {
    return measure(corpora(corpus), parts);
  }

  private static RankFigures measure(List<Corpus> corpora, Set<RankingPart> parts)
      throws IOException, InterruptedException {
    var figures = new RankFigures();
    for (Corpus corpus : corpora) {
      Path cache = Files.createTempDirectory("search-benchmark");
      try {
        var index = FileIndex.open(Workspace.open(corpus.tree()), cache, parts);
        for (Question question : corpus.questions()) {
          figures.add(answers(index, question), question.relevant());
        }
      } finally {
        delete(cache);
      }
    }
    return figures;
  }

  private static List<String> answers(FileIndex index, Question question)
      throws IOException, InterruptedException {
    SearchOutcome outcome;
    do {
      outcome = index.search(new SearchRequest(question.query(), Set.of(), ANSWERS));
    } while (outcome.pending() > 0);
    return outcome.hits().stream()
        .map(question.asksForLines() ? SearchHit::citation : SearchHit::path)
        .distinct()
        .toList();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
