package dev.homeport.server.cli;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.lint.LintFinding;
import dev.homeport.skills.lint.LintSeverity;
import dev.homeport.skills.lint.SkillLint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Tells authors what to put right in their skills.
@Command(
    name = "lint",
    description = {
      "Check skills against the specification and for what keeps agents from using them well.",
      "Exits 1 if there is an error; warnings and notes are only told."
    })
final class SkillsLintCommand implements Callable<Integer> {
  /// How findings are written.
  enum Format {
    /// One line each.
    text,
    /// SARIF 2.1.0, for code hosts.
    sarif
  }

  @Mixin private SkillRootOptions roots = new SkillRootOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

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
      List<LintFinding> findings = SkillLint.of(catalog, asReference);
      switch (format) {
        case text -> {
          findings.forEach(surroundings.out()::println);
          surroundings
              .out()
              .println(
                  "%d skills checked, %d errors, %d warnings."
                      .formatted(
                          catalog.snapshot().skills().size(),
                          count(findings, LintSeverity.ERROR),
                          count(findings, LintSeverity.WARNING)));
        }
        case sarif ->
            surroundings
                .out()
                .println(JsonMapper.shared().writeValueAsString(SarifLog.of(findings)));
      }
      return count(findings, LintSeverity.ERROR) == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private static long count(List<LintFinding> findings, LintSeverity severity) {
    return findings.stream().filter(finding -> finding.rule().severity() == severity).count();
  }
}
