package dev.homeport.session;

import java.util.Set;

/// Which events of a log are asked for.
///
/// @param from the first position, inclusive
/// @param to the last position, exclusive; [Long#MAX_VALUE] for the end of the log
/// @param limit at most this many events, 1 to [#MOST]
/// @param types only these types; empty for all
/// @param order in which order, and thus from which end the limit counts
public record EventQuery(long from, long to, int limit, Set<String> types, Order order) {
  /// The most events that one query returns.
  public static final int MOST = 1_000;

  /// The order of positions.
  public enum Order {
    /// Oldest first.
    ASCENDING,
    /// Newest first.
    DESCENDING
  }

  /// Checks the bounds and copies the types.
  public EventQuery {
    if (from < 0 || limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "from is " + from + " and limit " + limit + ", but must be >= 0 and 1.." + MOST);
    }
    types = Set.copyOf(types);
  }

  /// The last events, newest first.
  public static EventQuery last(int limit) {
    return new EventQuery(0, Long.MAX_VALUE, limit, Set.of(), Order.DESCENDING);
  }

  /// The first events from a position on, oldest first.
  public static EventQuery from(long position, int limit) {
    return new EventQuery(position, Long.MAX_VALUE, limit, Set.of(), Order.ASCENDING);
  }

  /// The events around a position, half of them before it, oldest first.
  public static EventQuery around(long position, int limit) {
    return from(Math.max(0, position - limit / 2), limit);
  }
}
