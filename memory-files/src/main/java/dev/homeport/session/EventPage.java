package dev.homeport.session;

import java.util.List;

/// A part of a log.
///
/// @param events the events in the order asked for
/// @param next where to go on: as `from` when ascending, as `to` when descending
/// @param more whether further positions of the asked range were not looked at
/// @param size the number of events in the log, which is also the next position to be given
public record EventPage(List<Event> events, long next, boolean more, long size) {
  /// Copies the events.
  public EventPage {
    events = List.copyOf(events);
  }
}
