package dev.homeport.index;

import java.util.Set;

/// A question in words.
///
/// @param query the words; identifiers may stand among them
/// @param kinds the kinds of files to look in; empty for all
/// @param limit the most files to answer with, from 1 to [#MAX_LIMIT]
public record SearchRequest(String query, Set<FileKind> kinds, int limit) {
  /// The most files that one answer has.
  public static final int MAX_LIMIT = 50;

  /// Checks the limit and copies the kinds.
  public SearchRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", but must be from 1 to " + MAX_LIMIT);
    }
    kinds = Set.copyOf(kinds);
  }
}
