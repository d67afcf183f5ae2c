package dev.homeport.skills.lint;

import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillRule;

/// What is looked for. The ids are stable: baselines and suppressions name them.
public enum LintRule implements SkillRule {
  /// The file cannot be read at all.
  UNREADABLE(Severity.ERROR, "The file can be read"),
  /// There is no metadata, or it is not enclosed.
  FENCE(Severity.ERROR, "Metadata stands between two lines '---'"),
  /// The metadata is not valid YAML.
  YAML(Severity.ERROR, "The metadata is valid YAML without duplicate keys"),
  /// The name breaks the naming rule.
  NAME(Severity.ERROR, "The name is 1-64 of a-z, 0-9 and single hyphens"),
  /// The name is not that of the directory.
  NAME_DIRECTORY(Severity.ERROR, "The name is that of the directory"),
  /// The description is missing or too long.
  DESCRIPTION(Severity.ERROR, "The description has 1-1024 characters"),
  /// `compatibility` is too long or no text.
  COMPATIBILITY(Severity.ERROR, "`compatibility` has 1-500 characters"),
  /// A field is not in the specification.
  FIELD_UNSPECIFIED(Severity.ERROR, "Every field is in the specification"),
  /// A field is known to nobody.
  FIELD_UNKNOWN(Severity.WARNING, "Every field is known to some client"),
  /// A value has another type than clients expect.
  TYPE(Severity.WARNING, "Values have the types of the specification"),
  /// Bytes that editors leave behind.
  ENCODING(Severity.WARNING, "The file is UTF-8 without marks or NUL"),
  /// The instructions are longer than agents like to read.
  BODY_LENGTH(Severity.WARNING, "The body has under 500 lines and 5,000 tokens"),
  /// A file that the text speaks of is not there.
  REFERENCE_MISSING(Severity.WARNING, "Files that the text links to exist"),
  /// A path leads out of the skill.
  REFERENCE_OUTSIDE(Severity.WARNING, "Paths stay inside the skill's directory"),
  /// Another skill of the name is served.
  SHADOWED(Severity.WARNING, "No other skill has the name"),
  /// Two skills want the same tasks.
  TRIGGER_CONFLICT(Severity.WARNING, "Descriptions tell skills apart"),
  /// A link leads out, a limit was reached.
  DISCOVERY(Severity.WARNING, "Everything below the roots can be looked at");

  private final Severity severity;
  private final String text;

  LintRule(Severity severity, String text) {
    this.severity = severity;
    this.text = text;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String text() {
    return text;
  }
}
