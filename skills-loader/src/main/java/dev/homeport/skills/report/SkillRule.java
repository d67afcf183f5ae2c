package dev.homeport.skills.report;

import java.util.Locale;

/// What a check looks for: the constants of an enumeration, which therefore keep their names.
public interface SkillRule {
  /// The name of the constant, such as `NAME_DIRECTORY`.
  String name();

  /// The stable name, such as `name-directory`: baselines and suppressions name it.
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How much a finding of it matters.
  Severity severity();

  /// What it wants, in one phrase.
  String text();

  /// The severity in the words of the check that the rule belongs to.
  default String label() {
    return severity().label();
  }
}
