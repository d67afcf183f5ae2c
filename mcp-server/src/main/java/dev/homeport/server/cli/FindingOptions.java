package dev.homeport.server.cli;

import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.report.SkillRule;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// How a check of skills tells what it found.
final class FindingOptions {
  /// How findings are written.
  enum Format {
    /// One line each.
    text,
    /// SARIF 2.1.0, for code hosts.
    sarif
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  /// Prints the findings.
  ///
  /// @param check the command, such as `homeport skills lint`
  /// @param rules everything that it looks for
  /// @param summary the last line of the text
  void print(
      Surroundings surroundings,
      String check,
      List<? extends SkillRule> rules,
      List<SkillFinding> findings,
      String summary) {
    switch (format) {
      case text -> {
        findings.forEach(surroundings.out()::println);
        surroundings.out().println(summary);
      }
      case sarif ->
          surroundings
              .out()
              .println(JsonMapper.shared().writeValueAsString(SarifLog.of(check, rules, findings)));
    }
  }
}
