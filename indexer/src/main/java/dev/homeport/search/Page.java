package dev.homeport.search;

/// The part of a result that is wanted.
///
/// @param offset how many entries to pass over
/// @param limit how many entries to give at most
public record Page(int offset, int limit) {
  /// Everything.
  public static final Page ALL = new Page(0, Integer.MAX_VALUE);

  /// Checks the bounds.
  public Page {
    if (offset < 0) {
      throw new IllegalArgumentException("offset is " + offset + ", but must not be negative");
    }
    if (limit <= 0) {
      throw new IllegalArgumentException("limit is " + limit + ", but must be positive");
    }
  }

  /// The first entries.
  public static Page first(int limit) {
    return new Page(0, limit);
  }

  /// The index after the last wanted entry.
  long end() {
    return (long) offset + limit;
  }
}
