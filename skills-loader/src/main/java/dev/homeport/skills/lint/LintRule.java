package dev.homeport.skills.lint;

import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillRule;

/// What is looked for. The ids are stable: baselines and suppressions name them.
public enum LintRule implements SkillRule {
  /// The file cannot be read at all.
  UNREADABLE("unreadable", Severity.ERROR, "The file can be read"),
  /// There is no metadata, or it is not enclosed.
  FENCE("fence", Severity.ERROR, "Metadata stands between two lines '---'"),
  /// The metadata is not valid YAML.
  YAML("yaml", Severity.ERROR, "The metadata is valid YAML without duplicate keys"),
  /// The name breaks the naming rule.
  NAME("name", Severity.ERROR, "The name is 1-64 of a-z, 0-9 and single hyphens"),
  /// The name is not that of the directory.
  NAME_DIRECTORY("name-directory", Severity.ERROR, "The name is that of the directory"),
  /// The description is missing or too long.
  DESCRIPTION("description", Severity.ERROR, "The description has 1-1024 characters"),
  /// `compatibility` is too long or no text.
  COMPATIBILITY("compatibility", Severity.ERROR, "`compatibility` has 1-500 characters"),
  /// A field is not in the specification.
  FIELD_UNSPECIFIED("field-unspecified", Severity.ERROR, "Every field is in the specification"),
  /// A field is known to nobody.
  FIELD_UNKNOWN("field-unknown", Severity.WARNING, "Every field is known to some client"),
  /// A value has another type than clients expect.
  TYPE("type", Severity.WARNING, "Values have the types of the specification"),
  /// Bytes that editors leave behind.
  ENCODING("encoding", Severity.WARNING, "The file is UTF-8 without marks or NUL"),
  /// The instructions are longer than agents like to read.
  BODY_LENGTH("body-length", Severity.WARNING, "The body has under 500 lines and 5,000 tokens"),
  /// A file that the text speaks of is not there.
  REFERENCE_MISSING("reference-missing", Severity.WARNING, "Files that the text links to exist"),
  /// A path leads out of the skill.
  REFERENCE_OUTSIDE(
      "reference-outside", Severity.WARNING, "Paths stay inside the skill's directory"),
  /// Another skill of the name is served.
  SHADOWED("shadowed", Severity.WARNING, "No other skill has the name"),
  /// Two skills want the same tasks.
  TRIGGER_CONFLICT("trigger-conflict", Severity.WARNING, "Descriptions tell skills apart"),
  /// A link leads out, a limit was reached.
  DISCOVERY("discovery", Severity.WARNING, "Everything below the roots can be looked at");

  private final String id;
  private final Severity severity;
  private final String text;

  LintRule(String id, Severity severity, String text) {
    this.id = id;
    this.severity = severity;
    this.text = text;
  }

  @Override
  public String id() {
    return id;
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
