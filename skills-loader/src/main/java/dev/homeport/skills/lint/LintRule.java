package dev.homeport.skills.lint;

/// What is looked for. The ids are stable: baselines and suppressions name them.
public enum LintRule {
  /// The file cannot be read at all.
  UNREADABLE("unreadable", LintSeverity.ERROR, "The file can be read"),
  /// There is no metadata, or it is not enclosed.
  FENCE("fence", LintSeverity.ERROR, "Metadata stands between two lines '---'"),
  /// The metadata is not valid YAML.
  YAML("yaml", LintSeverity.ERROR, "The metadata is valid YAML without duplicate keys"),
  /// The name breaks the naming rule.
  NAME("name", LintSeverity.ERROR, "The name is 1-64 of a-z, 0-9 and single hyphens"),
  /// The name is not that of the directory.
  NAME_DIRECTORY("name-directory", LintSeverity.ERROR, "The name is that of the directory"),
  /// The description is missing or too long.
  DESCRIPTION("description", LintSeverity.ERROR, "The description has 1-1024 characters"),
  /// `compatibility` is too long or no text.
  COMPATIBILITY("compatibility", LintSeverity.ERROR, "`compatibility` has 1-500 characters"),
  /// A field is not in the specification.
  FIELD_UNSPECIFIED("field-unspecified", LintSeverity.ERROR, "Every field is in the specification"),
  /// A field is known to nobody.
  FIELD_UNKNOWN("field-unknown", LintSeverity.WARNING, "Every field is known to some client"),
  /// A value has another type than clients expect.
  TYPE("type", LintSeverity.WARNING, "Values have the types of the specification"),
  /// Bytes that editors leave behind.
  ENCODING("encoding", LintSeverity.WARNING, "The file is UTF-8 without marks or NUL"),
  /// The instructions are longer than agents like to read.
  BODY_LENGTH("body-length", LintSeverity.WARNING, "The body has under 500 lines and 5,000 tokens"),
  /// A file that the text speaks of is not there.
  REFERENCE_MISSING(
      "reference-missing", LintSeverity.WARNING, "Files that the text links to exist"),
  /// A path leads out of the skill.
  REFERENCE_OUTSIDE(
      "reference-outside", LintSeverity.WARNING, "Paths stay inside the skill's directory"),
  /// Another skill of the name is served.
  SHADOWED("shadowed", LintSeverity.WARNING, "No other skill has the name"),
  /// Two skills want the same tasks.
  TRIGGER_CONFLICT("trigger-conflict", LintSeverity.WARNING, "Descriptions tell skills apart"),
  /// A link leads out, a limit was reached.
  DISCOVERY("discovery", LintSeverity.WARNING, "Everything below the roots can be looked at");

  private final String id;
  private final LintSeverity severity;
  private final String text;

  LintRule(String id, LintSeverity severity, String text) {
    this.id = id;
    this.severity = severity;
    this.text = text;
  }

  /// The stable name, such as `name-directory`.
  public String id() {
    return id;
  }

  /// How much a finding of it matters.
  public LintSeverity severity() {
    return severity;
  }

  /// What it wants, in one phrase.
  public String text() {
    return text;
  }
}
