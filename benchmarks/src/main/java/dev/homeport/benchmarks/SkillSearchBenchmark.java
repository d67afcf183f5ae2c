package dev.homeport.benchmarks;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillSearchOutcome;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.eval.EvalQueries;
import dev.homeport.skills.eval.EvalQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Measures how well search finds skills, beside plain BM25 over name, description and body.
///
/// Arguments: a file with a question a line for which no skill is wanted, then directories with
/// skills that bring questions along. Prints Hit@1, Recall@10, and for abstention the area under
/// the ROC curve with the rates at the threshold in use.
public final class SkillSearchBenchmark {
  private static final int DEPTH = 10;
  private static final List<Double> FALSE_SHARES = List.of(0.0, 0.05, 0.1, 0.2);

  private SkillSearchBenchmark() {}

  /// One way to search: the names of the best skills, and how sure it is of the first.
  @FunctionalInterface
  interface Search {
    Answer ask(String query) throws InterruptedException;
  }

  /// @param names best first
  /// @param sureness the higher, the surer that the first one fits
  record Answer(List<String> names, double sureness) {}

  /// How a way to search did.
  ///
  /// @param hitAt1 the share of questions for which the wanted skill came first
  /// @param recallAt10 the share for which it was among the first ten
  /// @param area the chance that a question which wants a skill is answered more surely than one
  ///   that wants none
  /// @param offered the share of questions wanting a skill for which one was said to fit
  /// @param falselyOffered the same of those that want none
  /// @param curve the ROC curve: the share of questions wanting a skill that are answered more
  ///   surely than all but [#FALSE_SHARES] of those that want none
  record Figures(
      double hitAt1,
      double recallAt10,
      double area,
      double offered,
      double falselyOffered,
      List<Double> curve) {
    Figures {
      curve = List.copyOf(curve);
    }
  }

  /// Prints two rows for each directory.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> unwanted = Files.readAllLines(Path.of(arguments[0]));
    System.out.println(
        "| set | questions | search | Hit@1 | Recall@10 | ROC area | found at 0, 5, 10 and 20 false"
            + " offers of 100 | offered | falsely offered |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (int i = 1; i < arguments.length; i++) {
      Path directory = Path.of(arguments[i]);
      try (var catalog = open(directory)) {
        SkillSnapshot snapshot = catalog.snapshot();
        List<EvalQuery> wanted = wanted(catalog);
        print(directory, wanted.size(), "ours", measure(ours(snapshot), wanted, unwanted));
        print(directory, wanted.size(), "plain", measure(plain(snapshot), wanted, unwanted));
      }
    }
  }

  static SkillCatalog open(Path directory) {
    var root = SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, directory);
    return SkillCatalog.open(
        new SkillsConfig(List.of(root), SkillsConfig.DEFAULT_MAX_DIRECTORIES), SkillHost.current());
  }

  /// The questions that want a skill which is there.
  static List<EvalQuery> wanted(SkillCatalog catalog) throws IOException, InterruptedException {
    SkillSnapshot snapshot = catalog.snapshot();
    return EvalQueries.of(catalog).stream()
        .filter(query -> query.shouldTrigger() && snapshot.find(query.skill()).isPresent())
        .toList();
  }

  static Search ours(SkillSnapshot snapshot) {
    return query -> {
      SkillSearchOutcome outcome = snapshot.search(query, DEPTH);
      List<SkillSearchOutcome.Hit> hits =
          switch (outcome) {
            case SkillSearchOutcome.Hits(var all) -> all;
            case SkillSearchOutcome.NoneFits(var nearest) -> nearest;
          };
      return new Answer(
          hits.stream().map(hit -> hit.skill().name().value()).toList(),
          hits.isEmpty() ? 0 : hits.getFirst().fit());
    };
  }

  static Search plain(SkillSnapshot snapshot) {
    var texts = new ArrayList<String>();
    for (Skill skill : snapshot.offered()) {
      texts.add(skill.name() + " " + skill.description() + " " + skill.body());
    }
    var index = new PlainBm25(texts);
    return query -> {
      List<PlainBm25.Scored> best = index.search(query, DEPTH);
      return new Answer(
          best.stream()
              .map(scored -> snapshot.offered().get(scored.document()).name().value())
              .toList(),
          best.isEmpty() ? 0 : best.getFirst().score());
    };
  }

  static Figures measure(Search search, List<EvalQuery> wanted, List<String> unwanted)
      throws InterruptedException {
    int first = 0;
    int amongTen = 0;
    var sure = new ArrayList<Double>();
    for (EvalQuery query : wanted) {
      Answer answer = search.ask(query.text());
      first += !answer.names().isEmpty() && answer.names().getFirst().equals(query.skill()) ? 1 : 0;
      amongTen += answer.names().contains(query.skill()) ? 1 : 0;
      sure.add(answer.sureness());
    }
    var unsure = new ArrayList<Double>();
    for (String query : unwanted) {
      unsure.add(search.ask(query).sureness());
    }
    return new Figures(
        (double) first / wanted.size(),
        (double) amongTen / wanted.size(),
        area(sure, unsure),
        above(sure),
        above(unsure),
        FALSE_SHARES.stream().map(share -> at(share, sure, unsure)).toList());
  }

  private static double at(double falseShare, List<Double> sure, List<Double> unsure) {
    List<Double> sorted = unsure.stream().sorted(Comparator.reverseOrder()).toList();
    double bar = sorted.get((int) (falseShare * sorted.size()));
    return sure.stream().filter(fit -> fit > bar).count() / (double) sure.size();
  }

  private static double area(List<Double> sure, List<Double> unsure) {
    double wins = 0;
    for (double wanted : sure) {
      for (double unwanted : unsure) {
        wins += wanted > unwanted ? 1 : wanted == unwanted ? 0.5 : 0;
      }
    }
    return wins / (sure.size() * (double) unsure.size());
  }

  private static double above(List<Double> sureness) {
    return sureness.stream().filter(fit -> fit >= SkillSearchOutcome.THRESHOLD).count()
        / (double) sureness.size();
  }

  private static void print(Path directory, int questions, String search, Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %.3f | %.3f | %.3f | %s | %s | %s |%n",
        directory.getFileName(),
        questions,
        search,
        figures.hitAt1(),
        figures.recallAt10(),
        figures.area(),
        figures.curve().stream()
            .map(share -> "%.3f".formatted(share))
            .collect(Collectors.joining(", ")),
        search.equals("ours") ? "%.3f".formatted(figures.offered()) : "",
        search.equals("ours") ? "%.3f".formatted(figures.falselyOffered()) : "");
  }
}
