package dev.homeport.session;

import dev.homeport.session.EventLines.Header;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What times and types stand in which part of a log, as far as this process has read it, so that
/// it reads the parts without a match only once.
///
/// A part is a block of [#POSITIONS] neighbouring positions. Nothing is derived from the order of
/// times, as clocks go back. Lines never change once they are written, so a block of which all
/// lines were seen stays known; one of which some were not seen, or are missing, is never skipped.
/// Thread-safe.
final class EventBlocks {
  /// How many positions a block has.
  static final int POSITIONS = 4_096;

  /// A block of more types is one of all types.
  private static final int MOST_TYPES = 32;

  private final Map<Long, Block> blocks = new ConcurrentHashMap<>();

  /// The position after the last one of the block of a position.
  static long end(long position) {
    return start(position) + POSITIONS;
  }

  /// The first position of the block of a position.
  static long start(long position) {
    return position - position % POSITIONS;
  }

  /// Takes note of a line.
  ///
  /// @param header what stands before its data; empty if it is damaged
  void note(long position, Optional<Header> header) {
    blocks.computeIfAbsent(start(position), _ -> new Block()).note(position, header);
  }

  /// Whether it is known that no line of the block of a position can match, damaged ones aside.
  boolean hasNone(long position, EventFilter filter) {
    Block block = blocks.get(start(position));
    return block != null && block.hasNone(filter);
  }

  /// What is known of a block: the lines of neighbouring positions, from `from` to before `to`.
  private static final class Block {
    private final Set<String> types = new HashSet<>();
    private boolean hasAllTypes;
    private long from;
    private long to;
    private @Nullable Instant first;
    private @Nullable Instant last;

    synchronized void note(long position, Optional<Header> header) {
      if (position >= from && position < to) {
        return;
      }
      if (position == to) {
        to++;
      } else if (position == from - 1) {
        from--;
      } else {
        // A scan that begins elsewhere; what it adds to is still true of the block.
        from = position;
        to = position + 1;
      }
      if (header.isPresent()) {
        add(header.get());
      }
    }

    private void add(Header header) {
      Instant time = header.time();
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
      hasAllTypes = hasAllTypes || (types.add(header.type()) && types.size() > MOST_TYPES);
    }

    synchronized boolean hasNone(EventFilter filter) {
      if (to - from < POSITIONS) {
        return false;
      }
      return first == null
          || last == null
          || !filter.mayTakeBetween(first, last)
          || (!hasAllTypes && types.stream().noneMatch(filter::takesType));
    }
  }
}
