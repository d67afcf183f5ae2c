package dev.homeport.session;

import dev.homeport.session.EventQuery.Order;
import dev.homeport.session.SegmentedFile.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Looks through a log for the events that a query asks for. For one use by one thread.
///
/// The log is free for others between chunks; positions stay what they are while it grows.
final class EventScan {
  private static final int FIRST_CHUNK = 64;
  private static final int LARGEST_CHUNK = 4_096;

  private final SegmentedFile file;
  private final EventQuery query;
  private final List<Event> events = new ArrayList<>();
  private long bytes;
  private int most;

  EventScan(SegmentedFile file, EventQuery query) {
    this.file = file;
    this.query = query;
    this.most = Math.max(FIRST_CHUNK, query.limit());
  }

  /// The events from the end of the range that the order tells.
  ///
  /// @param size the number of positions of the log
  EventPage page(long size) throws IOException {
    long to = Math.min(query.to(), size);
    return query.order() == Order.ASCENDING
        ? ascending(query.from(), to, size)
        : descending(Math.min(query.from(), to), to, size);
  }

  private EventPage ascending(long from, long to, long size) throws IOException {
    long position = from;
    while (position < to && hasRoom()) {
      Chunk chunk = file.read(position, to, next());
      if (chunk.end() <= position) {
        break;
      }
      if (chunk.isMissing() && !query.filter().takesDamaged()) {
        position = chunk.end();
      }
      while (position < chunk.end() && hasRoom()) {
        add(position++, chunk);
      }
    }
    return new EventPage(events, position, position < to, size);
  }

  private EventPage descending(long from, long to, long size) throws IOException {
    long position = to;
    while (position > from && hasRoom()) {
      Chunk chunk = file.readBack(from, position, next());
      if (chunk.end() != position) {
        break;
      }
      if (chunk.isMissing() && !query.filter().takesDamaged()) {
        position = chunk.start();
      }
      while (position > chunk.start() && hasRoom()) {
        add(--position, chunk);
      }
    }
    return new EventPage(events, position, position > from, size);
  }

  private int next() {
    int chunk = most;
    most = Math.min(most * 2, LARGEST_CHUNK);
    return chunk;
  }

  private boolean hasRoom() {
    return events.size() < query.limit() && bytes < SessionLog.PAGE_BYTES;
  }

  private void add(long position, Chunk chunk) {
    if (chunk.isMissing()) {
      events.add(EventLines.damaged(position, 0));
      return;
    }
    byte[] line = chunk.lines().get((int) (position - chunk.start()));
    if (mayMatch(line)) {
      Event event = EventLines.read(position, line);
      if (query.filter().takes(event)) {
        events.add(event);
        bytes += line.length;
      }
    }
  }

  /// Spares the data of most lines that do not match from being parsed.
  private boolean mayMatch(byte[] line) {
    EventFilter filter = query.filter();
    return filter.isAll()
        || filter.takesDamaged()
        || EventLines.header(line)
            .filter(header -> filter.takesType(header.type()) && filter.takesTime(header.time()))
            .isPresent();
  }
}
