package dev.homeport.benchmarks;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.lint.SkillLint;
import dev.homeport.skills.publish.PublishOutcome;
import dev.homeport.skills.publish.SkillPublisher;
import dev.homeport.skills.report.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Loads, publishes and lints collections of skills, and prints what came of it as Markdown.
///
/// Arguments: directories with skills, such as checkouts of public repositories. Files that the
/// loader passes over on purpose (material inside of skills, ignored directories) are counted
/// apart.
public final class SkillCollections {
  private static final Set<SkillProblem.Kind> BORROWED =
      Set.of(SkillProblem.Kind.NAME_MISSING, SkillProblem.Kind.DESCRIPTION_MISSING);

  private SkillCollections() {}

  /// Prints one row for each directory, then why skills could not be published.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var reasons = new TreeMap<String, Integer>();
    System.out.println(
        "| collection | files | read | loaded | name and description their own | unserved without"
            + " a reason | publishable as it is | after canonicalisation | lint errors |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (String argument : arguments) {
      System.out.println(row(Path.of(argument), reasons));
    }
    reasons.forEach((reason, count) -> System.out.printf("%n%d × %s", count, reason));
    System.out.println();
  }

  private static String row(Path directory, Map<String, Integer> reasons)
      throws IOException, InterruptedException {
    var root = SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, directory);
    var config = new SkillsConfig(List.of(root), SkillsConfig.DEFAULT_MAX_DIRECTORIES);
    try (var catalog = SkillCatalog.open(config, SkillHost.current())) {
      SkillSnapshot snapshot = catalog.snapshot();
      List<SkillProblem> problems = snapshot.problems();
      long shadowed = count(problems, SkillProblem.Kind.SHADOWED);
      Set<String> explained =
          problems.stream().map(SkillProblem::place).collect(Collectors.toSet());
      List<String> read = snapshot.files().stream().map(location -> location.shownFile()).toList();
      Set<String> served =
          snapshot.loaded().stream()
              .map(skill -> skill.location().shownFile())
              .collect(Collectors.toSet());
      long unexplained =
          read.stream().filter(file -> !served.contains(file) && !explained.contains(file)).count();
      long own = snapshot.loaded().stream().filter(SkillCollections::hasOwnNameAndText).count();
      long errors =
          SkillLint.of(catalog, false).stream()
              .filter(finding -> finding.rule().severity() == Severity.ERROR)
              .count();
      long[] published = publish(snapshot, new SkillPublisher(catalog), reasons);
      return "| %s | %d | %d | %s | %s | %d | %s | %s | %d |"
          .formatted(
              directory.getFileName(),
              files(directory),
              read.size(),
              share(served.size(), read.size()),
              share(own, read.size()),
              unexplained,
              share(published[0], served.size() - shadowed),
              share(published[1], served.size() - shadowed),
              errors);
    }
  }

  private static boolean hasOwnNameAndText(Skill skill) {
    return skill.problems().stream().noneMatch(problem -> BORROWED.contains(problem.kind()));
  }

  private static long count(List<SkillProblem> problems, SkillProblem.Kind kind) {
    return problems.stream().filter(problem -> problem.kind() == kind).count();
  }

  private static long[] publish(
      SkillSnapshot snapshot, SkillPublisher publisher, Map<String, Integer> reasons)
      throws IOException, InterruptedException {
    long asItIs = 0;
    long all = 0;
    for (Skill skill : snapshot.skills()) {
      switch (publisher.publish(skill)) {
        case PublishOutcome.Published(var published) -> {
          all++;
          asItIs += published.changes().isEmpty() ? 1 : 0;
        }
        case PublishOutcome.Refused(_, var reason) -> reasons.merge(reason, 1, Integer::sum);
      }
    }
    return new long[] {asItIs, all};
  }

  private static String share(long part, long whole) {
    return "%d (%.1f %%)".formatted(part, whole == 0 ? 0 : 100.0 * part / whole);
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> path.getFileName().toString().equalsIgnoreCase("SKILL.md"))
          .count();
    }
  }
}
