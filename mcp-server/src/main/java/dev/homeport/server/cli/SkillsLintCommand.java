package dev.homeport.server.cli;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.lint.LintRule;
import dev.homeport.skills.lint.SkillLint;
import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillFinding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells authors what to put right in their skills.
@Command(
    name = "lint",
    description = {
      "Check skills against the specification and for what keeps agents from using them well.",
      "Exits 1 if there is an error; warnings and notes are only told."
    })
final class SkillsLintCommand implements Callable<Integer> {
  @Mixin private SkillRootOptions roots = new SkillRootOptions();
  @Mixin private FindingOptions output = new FindingOptions();

  @Option(
      names = "--reference",
      description = "Only what the specification's reference validator refuses.")
  private boolean asReference;

  private final Surroundings surroundings;

  SkillsLintCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (SkillCatalog catalog = roots.open(surroundings)) {
      List<SkillFinding> findings = SkillLint.of(catalog, asReference);
      output.print(
          surroundings,
          "homeport skills lint",
          List.of(LintRule.values()),
          findings,
          "%d skills checked, %d errors, %d warnings."
              .formatted(
                  catalog.snapshot().skills().size(),
                  count(findings, Severity.ERROR),
                  count(findings, Severity.WARNING)));
      return count(findings, Severity.ERROR) == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private static long count(List<SkillFinding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.rule().severity() == severity).count();
  }
}
