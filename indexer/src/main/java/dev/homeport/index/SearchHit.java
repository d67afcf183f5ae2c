package dev.homeport.index;

import java.util.List;

/// A place that answers a question: a file of code with its best lines, or a block of prose.
///
/// @param path the file
/// @param kind what it is
/// @param score how well it fits; only comparable within one answer
/// @param line the line that says most, counted from 1
/// @param lines the lines that say most, in file order; empty if only the name or what stands
///   around fits
public record SearchHit(String path, FileKind kind, float score, int line, List<Line> lines) {
  /// One line of a passage.
  ///
  /// @param number counted from 1
  /// @param text the line, cut to [#MAX_LENGTH] characters
  public record Line(int number, String text) {
    /// The most characters of a line that are shown.
    public static final int MAX_LENGTH = 400;
  }

  /// Copies the lines.
  public SearchHit {
    lines = List.copyOf(lines);
  }

  /// The place to look at, as `path#line`.
  public String citation() {
    return path + "#" + line;
  }

  SearchHit scored(float newScore) {
    return new SearchHit(path, kind, newScore, line, lines);
  }
}
