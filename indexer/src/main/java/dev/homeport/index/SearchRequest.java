package dev.homeport.index;

import java.util.Set;

/// A question in words.
///
/// @param query the words; identifiers, paths and tracebacks may stand among them
/// @param kinds the kinds of files to look in; empty for all
/// @param limit the most hits to answer with, from 1 to [#MAX_LIMIT]
/// @param recent whether files that changed lately count more
public record SearchRequest(String query, Set<FileKind> kinds, int limit, boolean recent) {
  /// The most hits that one answer has.
  public static final int MAX_LIMIT = 50;

  /// Checks the limit and copies the kinds.
  public SearchRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", but must be from 1 to " + MAX_LIMIT);
    }
    kinds = Set.copyOf(kinds);
  }

  /// A question for which the age of files does not count.
  public SearchRequest(String query, Set<FileKind> kinds, int limit) {
    this(query, kinds, limit, false);
  }
}
