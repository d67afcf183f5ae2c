package dev.homeport.skills.report;

/// What a check looks for.
public interface SkillRule {
  /// The stable name, such as `name-directory`: baselines and suppressions name it.
  String id();

  /// How much a finding of it matters.
  Severity severity();

  /// What it wants, in one phrase.
  String text();

  /// The severity in the words of the check that the rule belongs to.
  default String label() {
    return severity().label();
  }
}
