package dev.homeport.index;

import dev.homeport.search.tree.FileOpener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

/// Ranks what the index found once more, by the text of the best passages.
///
/// A file of code stands for itself: the score of its best passage and that of its best window of
/// lines. A file of prose answers with its blocks: each counts by itself, by what stands around it
/// and by the passage it is in. The text is read from the files as they are now.
final class Ranker {
  /// A passage that the index found.
  record Candidate(String path, int line, float score) {}

  private static final int WINDOW = 20;
  private static final double WINDOW_WEIGHT = 0.5;
  private static final double[] BEFORE = {0.5, 0.2};
  private static final double[] AFTER = {0.3, 0.1};
  private static final double LABEL = 3;
  private static final double DEFINED = 4;
  private static final double NAMED = 3;
  private static final double MAX_DEFINED = 9;
  private static final double TEST = 0.5;
  private static final double LINK = 0.2;

  private final Analyzer analyzer;
  private final TreeTexts texts;
  private final QueryWords words;
  private final Set<RankingPart> parts;
  private final Pieces windows;
  private final Pieces blocks;

  Ranker(Analyzer analyzer, TreeTexts texts, QueryWords words, Set<RankingPart> parts) {
    this.analyzer = analyzer;
    this.texts = texts;
    this.words = words;
    this.parts = parts;
    var weights = new float[words.weights().size()];
    int number = 0;
    for (float weight : words.weights().values()) {
      weights[number++] = weight;
    }
    this.windows = new Pieces(weights, 1.2, 0.75);
    this.blocks = new Pieces(weights, 1.0, 0.4);
  }

  /// A stretch of a passage that was taken for a piece.
  private record Stretch(int firstLine, List<TextLines.Line> lines, int piece) {}

  /// A passage with its stretches in order.
  private record Read(Candidate candidate, List<Stretch> stretches) {}

  /// The hits, in no order.
  List<SearchHit> rank(List<Candidate> candidates, FileOpener opener)
      throws IOException, InterruptedException {
    var files = new HashMap<String, List<Candidate>>();
    candidates.forEach(c -> files.computeIfAbsent(c.path(), _ -> new ArrayList<>()).add(c));
    var reader = new TextLines(analyzer, words.weights());
    var read = new HashMap<String, List<Read>>();
    for (var file : files.entrySet()) {
      Optional<String> text = texts.read(opener, file.getKey());
      if (text.isPresent()) {
        read.put(file.getKey(), read(file.getValue(), text.get(), reader));
      }
    }
    Map<String, Long> definers = definers(read);
    var hits = new ArrayList<SearchHit>();
    Map<String, Double> ofTests = testScores(candidates);
    read.forEach((path, passages) -> {
      if (FileKind.of(path).isProse()) {
        passages.forEach(passage -> addBlocks(hits, passage));
      } else {
        hits.add(file(path, passages, ofTests, definers));
      }
    });
    return hits;
  }

  private List<Read> read(List<Candidate> candidates, String text, TextLines reader)
      throws IOException {
    var wanted = new HashMap<Integer, Candidate>();
    candidates.forEach(candidate -> wanted.put(candidate.line(), candidate));
    boolean prose = FileKind.of(candidates.getFirst().path()).isProse();
    var read = new ArrayList<Read>();
    for (Passage passage : Passage.of(text, prose)) {
      Candidate candidate = wanted.get(passage.line());
      if (candidate != null) {
        var lines = reader.read(text.substring(passage.start(), passage.end()));
        read.add(new Read(candidate, prose ? blocks(passage, lines) : windows(passage, lines)));
      }
    }
    return read;
  }

  private List<Stretch> blocks(Passage passage, List<TextLines.Line> lines) {
    List<Integer> starts = Blocks.starts(lines);
    var stretches = new ArrayList<Stretch>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      stretches.add(stretch(passage, lines, starts.get(i), end, blocks));
    }
    return stretches;
  }

  private List<Stretch> windows(Passage passage, List<TextLines.Line> lines) {
    var stretches = new ArrayList<Stretch>();
    int start = 0;
    do {
      int end = Math.min(lines.size(), start + WINDOW);
      stretches.add(stretch(passage, lines, start, end, windows));
      start += WINDOW / 2;
    } while (start + WINDOW / 2 < lines.size());
    return stretches;
  }

  private static Stretch stretch(
      Passage passage, List<TextLines.Line> lines, int start, int end, Pieces pieces) {
    List<TextLines.Line> part = lines.subList(start, end);
    return new Stretch(passage.line() + start, part, pieces.add(part));
  }

  /// The best score of the tests of each subject.
  private Map<String, Double> testScores(List<Candidate> candidates) {
    var scores = new HashMap<String, Double>();
    if (parts.contains(RankingPart.LINKS)) {
      for (Candidate candidate : candidates) {
        if (TestFile.is(candidate.path())) {
          TestFile.subject(candidate.path())
              .ifPresent(subject -> scores.merge(subject, (double) candidate.score(), Math::max));
        }
      }
    }
    return scores;
  }

  private SearchHit file(
      String path, List<Read> passages, Map<String, Double> ofTests, Map<String, Long> definers) {
    double score = passages.stream().mapToDouble(p -> p.candidate().score()).max().orElse(0);
    Optional<Stretch> best =
        passages.stream()
            .flatMap(p -> p.stretches().stream())
            .max(Comparator.comparingDouble(s -> windows.score(s.piece())));
    if (best.isPresent() && parts.contains(RankingPart.WINDOWS)) {
      score += WINDOW_WEIGHT * windows.score(best.get().piece());
    }
    if (parts.contains(RankingPart.MENTIONS)) {
      score += mentioned(path, passages, definers);
    }
    if (!TestFile.is(path)) {
      String name = TestFile.stem(path).toLowerCase(java.util.Locale.ROOT);
      score += LINK * ofTests.getOrDefault(name, 0.0);
    } else if (parts.contains(RankingPart.TESTS) && !words.asksForTests()) {
      score *= TEST;
    }
    return hit(path, score, best, windows);
  }

  /// How many files define each name of the question.
  private Map<String, Long> definers(Map<String, List<Read>> read) {
    var definers = new HashMap<String, Long>();
    read.forEach((path, passages) -> {
      if (!TestFile.is(path)) {
        defined(passages).forEach(name -> definers.merge(name, 1L, Long::sum));
      }
    });
    return definers;
  }

  /// The names of the question that passages define.
  private Set<String> defined(List<Read> passages) {
    var names = new HashSet<String>();
    for (Read passage : passages) {
      for (Stretch stretch : passage.stretches()) {
        for (TextLines.Line line : stretch.lines()) {
          Definitions.name(line.text()).filter(words.mentions()::name).ifPresent(names::add);
        }
      }
    }
    return names;
  }

  private double mentioned(String path, List<Read> passages, Map<String, Long> definers) {
    double score = 0;
    for (String name : defined(passages)) {
      score += DEFINED / definers.getOrDefault(name, 1L);
    }
    score = Math.min(score, MAX_DEFINED);
    return words.mentions().path(path) ? score + NAMED : score;
  }

  private void addBlocks(List<SearchHit> hits, Read passage) {
    List<Stretch> stretches = passage.stretches();
    double[] own = stretches.stream().mapToDouble(s -> blocks.score(s.piece())).toArray();
    for (int i = 0; i < own.length; i++) {
      double score = own[i];
      if (parts.contains(RankingPart.NEIGHBOURS)) {
        score += around(own, i);
      }
      if (score > 0) {
        String first = stretches.get(i).lines().getFirst().text();
        if (parts.contains(RankingPart.LABELS)
            && Blocks.label(first).stream().anyMatch(words.names()::contains)) {
          score += LABEL;
        }
        hits.add(
            hit(
                passage.candidate().path(),
                score + passage.candidate().score(),
                Optional.of(stretches.get(i)),
                blocks));
      }
    }
  }

  private static double around(double[] own, int i) {
    double score = 0;
    for (int k = 0; k < BEFORE.length && i - k - 1 >= 0; k++) {
      score += BEFORE[k] * own[i - k - 1];
    }
    for (int k = 0; k < AFTER.length && i + k + 1 < own.length; k++) {
      score += AFTER[k] * own[i + k + 1];
    }
    return score;
  }

  private static SearchHit hit(String path, double score, Optional<Stretch> best, Pieces pieces) {
    var lines = new ArrayList<SearchHit.Line>();
    int citation = 1;
    if (best.isPresent()) {
      BestLines.Choice choice = BestLines.of(best.get().lines(), best.get().firstLine(), pieces);
      citation = choice.best();
      lines.addAll(choice.lines());
    }
    return new SearchHit(path, FileKind.of(path), (float) score, citation, lines);
  }
}
