package dev.homeport.search;

/// How a grep reads its pattern.
public enum GrepOption {
  /// Letters match in either case, by Unicode simple folding.
  IGNORE_CASE,
  /// The pattern stands for itself, character by character.
  LITERAL,
  /// Matches may cross lines.
  MULTILINE,
  /// `.` matches newlines too; only with `MULTILINE`.
  DOT_ALL
}
