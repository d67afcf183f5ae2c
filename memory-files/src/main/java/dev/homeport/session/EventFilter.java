package dev.homeport.session;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events count, whatever their position.
///
/// A damaged line has lost its time, so it counts only where no time is asked for.
///
/// @param types only these types; empty for all
/// @param since only events appended at this time or later, or null
/// @param until only events appended before this time, or null
public record EventFilter(Set<String> types, @Nullable Instant since, @Nullable Instant until) {
  /// All events.
  public static final EventFilter ALL = new EventFilter(Set.of(), null, null);

  /// Copies the types.
  public EventFilter {
    types = Set.copyOf(types);
  }

  /// Events of these types.
  public static EventFilter ofTypes(Set<String> types) {
    return new EventFilter(types, null, null);
  }

  boolean isAll() {
    return equals(ALL);
  }

  /// Whether lines that cannot be read count.
  boolean takesDamaged() {
    return takesType(Event.DAMAGED) && since == null && until == null;
  }

  boolean takes(Event event) {
    return event.type().equals(Event.DAMAGED)
        ? takesDamaged()
        : takesType(event.type()) && takesTime(event.time());
  }

  boolean takesType(String type) {
    return types.isEmpty() || types.contains(type);
  }

  /// Whether an event at one of these times, or one between them, may count.
  boolean mayTakeBetween(Instant first, Instant last) {
    return (since == null || !last.isBefore(since)) && (until == null || first.isBefore(until));
  }

  boolean takesTime(Instant time) {
    return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
  }
}
