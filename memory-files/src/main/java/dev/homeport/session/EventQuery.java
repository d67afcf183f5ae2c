package dev.homeport.session;

/// Which events of a log are asked for.
///
/// @param from the first position, inclusive
/// @param to the last position, exclusive; [Long#MAX_VALUE] for the end of the log
/// @param limit at most this many events, 1 to [#MOST]
/// @param filter which of them count
/// @param order in which order, and thus from which end the limit counts
public record EventQuery(long from, long to, int limit, EventFilter filter, Order order) {
  /// The most events that one query returns.
  public static final int MOST = 1_000;

  /// The order of positions.
  public enum Order {
    /// Oldest first.
    ASCENDING,
    /// Newest first.
    DESCENDING
  }

  /// Checks the bounds.
  public EventQuery {
    if (from < 0 || to < 0 || limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "from is %d, to %d and limit %d, but they must be >= 0, >= 0 and 1 to %d"
              .formatted(from, to, limit, MOST));
    }
  }

  /// The last events, newest first.
  public static EventQuery last(int limit) {
    return new EventQuery(0, Long.MAX_VALUE, limit, EventFilter.ALL, Order.DESCENDING);
  }

  /// The first events from a position on, oldest first.
  public static EventQuery from(long position, int limit) {
    return new EventQuery(position, Long.MAX_VALUE, limit, EventFilter.ALL, Order.ASCENDING);
  }

  /// The events around a position, half of them before it, oldest first.
  public static EventQuery around(long position, int limit) {
    long start = Math.max(0, position - limit / 2);
    return new EventQuery(start, start + limit, limit, EventFilter.ALL, Order.ASCENDING);
  }

  /// The same events, but only those at or after a position.
  EventQuery startingAt(long position) {
    return new EventQuery(Math.max(from, position), to, limit, filter, order);
  }

  /// The same query for events that count by this filter.
  public EventQuery with(EventFilter other) {
    return new EventQuery(from, to, limit, other, order);
  }

  /// The same query in this order.
  public EventQuery in(Order other) {
    return new EventQuery(from, to, limit, filter, other);
  }
}
