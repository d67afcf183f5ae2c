package dev.homeport.search;

/// What a grep reports.
public enum OutputMode {
  /// The matching lines.
  CONTENT,
  /// The files that hold a match.
  FILES_WITH_MATCHES,
  /// How many lines match in each file that holds a match; matches, where they can cross lines.
  COUNT
}
