package dev.homeport.search.live;

import java.io.IOException;
import java.io.Serial;

/// A tree has more entries than are kept in memory.
final class TreeTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /// The most entries of a tree that are kept, of some 50 bytes each.
  static final int MAX_ENTRIES = 1_000_000;

  TreeTooLargeException() {
    super("the tree has more than " + MAX_ENTRIES + " entries");
  }
}
