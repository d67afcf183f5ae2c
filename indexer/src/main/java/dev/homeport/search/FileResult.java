package dev.homeport.search;

import dev.homeport.search.tree.TreeFile;
import java.util.List;

/// What the search of one file gave.
///
/// @param count matching lines, or matches where they can cross lines
/// @param lineCount matching lines
/// @param lines lines with context, as many as were asked for
/// @param binary whether a NUL byte ended the search
record FileResult(
    TreeFile file, State state, int count, int lineCount, List<LineMatch> lines, boolean binary) {
  /// How far the file could be searched.
  enum State {
    SEARCHED,
    UNREADABLE,
    OVERSIZED,
    /// Deleted or replaced since the walk found it.
    VANISHED
  }

  static FileResult without(TreeFile file, State state) {
    return new FileResult(file, state, 0, 0, List.of(), false);
  }
}
