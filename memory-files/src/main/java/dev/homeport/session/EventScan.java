package dev.homeport.session;

import dev.homeport.session.EventLines.Header;
import dev.homeport.session.EventQuery.Order;
import dev.homeport.session.SegmentedFile.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks through a log for the events that a query asks for. For one use by one thread.
///
/// The log is free for others between chunks; positions stay what they are while it grows.
final class EventScan {
  private static final int FIRST_CHUNK = 64;
  private static final int LARGEST_CHUNK = 4_096;

  private final SegmentedFile file;
  private final EventQuery query;
  private final EventBlocks blocks;
  private final boolean isSkipping;
  private final List<Event> events = new ArrayList<>();
  private long bytes;
  private int most;

  /// @param blocks what is known of the lines that the log has now
  EventScan(SegmentedFile file, EventQuery query, EventBlocks blocks) {
    this.file = file;
    this.query = query;
    this.blocks = blocks;
    this.isSkipping = !query.filter().isAll() && !query.filter().takesDamaged();
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
      if (isSkipping && blocks.hasNone(position, query.filter())) {
        position = Math.min(to, EventBlocks.end(position));
        continue;
      }
      Chunk chunk = file.read(position, to, next(EventBlocks.end(position) - position));
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
      if (isSkipping && blocks.hasNone(position - 1, query.filter())) {
        position = Math.max(from, EventBlocks.start(position - 1));
        continue;
      }
      Chunk chunk = file.readBack(from, position, next(position - EventBlocks.start(position - 1)));
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

  /// How many lines are read at once: none of the next block, which may be one to skip. What is
  /// missing is passed over as a whole, however much it is.
  private int next(long leftInBlock) {
    int chunk = (int) Math.min(most, leftInBlock);
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
    if (mayMatch(position, line)) {
      Event event = EventLines.read(position, line);
      if (query.filter().takes(event)) {
        events.add(event);
        bytes += line.length;
      }
    }
  }

  /// Spares the data of most lines that do not match from being parsed.
  private boolean mayMatch(long position, byte[] line) {
    if (!isSkipping) {
      return true;
    }
    EventFilter filter = query.filter();
    Optional<Header> found = EventLines.header(line);
    blocks.note(position, found);
    return found
        .filter(header -> filter.takesType(header.type()) && filter.takesTime(header.time()))
        .isPresent();
  }
}
