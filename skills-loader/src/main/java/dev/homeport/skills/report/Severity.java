package dev.homeport.skills.report;

/// How much a finding matters.
public enum Severity {
  /// Must be put right, or be looked at by a person, before the skill is used.
  ERROR,
  /// Works, but not as well or as safely as it could.
  WARNING,
  /// Worth knowing.
  NOTE;

  /// The severity in lower case, as SARIF has it.
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
