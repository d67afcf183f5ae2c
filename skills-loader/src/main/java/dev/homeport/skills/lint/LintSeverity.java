package dev.homeport.skills.lint;

/// How much a finding matters.
public enum LintSeverity {
  /// Breaks the specification; some client will not load the skill.
  ERROR,
  /// Works, but not as well as it could.
  WARNING,
  /// Worth knowing.
  NOTE;

  /// The severity in lower case, as SARIF has it.
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
