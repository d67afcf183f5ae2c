package dev.homeport.index;

import java.util.List;

/// A file that answers a question, with its best passage.
///
/// @param path the file
/// @param kind what it is
/// @param score how well it fits; only comparable within one answer
/// @param lines the lines that say most, in file order; empty if only the name fits
public record SearchHit(String path, FileKind kind, float score, List<Line> lines) {
  /// One line of a passage.
  ///
  /// @param number counted from 1
  /// @param text the line, cut to [#MAX_LENGTH] characters
  public record Line(int number, String text) {
    /// The most characters of a line that are shown.
    public static final int MAX_LENGTH = 200;
  }

  /// Copies the lines.
  public SearchHit {
    lines = List.copyOf(lines);
  }

  /// The place to look at, as `path#line`.
  public String citation() {
    return lines.isEmpty() ? path : path + "#" + lines.getFirst().number();
  }
}
