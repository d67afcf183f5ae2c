package dev.homeport.session;

import dev.homeport.workspace.Durability;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The lines of a log over several files, each named by the position of its first line.
///
/// Keeps where each line begins, and learns of lines that other processes append from the size of
/// the last file. Each operation opens the file that it needs, so a thread that is interrupted
/// closes no channel of another. Thread-safe; appending needs the lock of the log as well.
final class SegmentedFile {
  private static final String PREFIX = "events-";
  private static final String SUFFIX = ".jsonl";
  private static final int DIGITS = 12;

  /// How soon lines of other processes are seen.
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Workspace workspace;
  private final WorkspacePath directory;
  private final long segmentBytes;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final ReentrantLock state = new ReentrantLock();
  private final Condition appended = state.newCondition();
  private long generation;

  SegmentedFile(Workspace workspace, WorkspacePath directory, long segmentBytes) {
    this.workspace = workspace;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /// Neighbouring positions, whose lines are all there or all missing.
  ///
  /// @param start the first position
  /// @param end the position after the last one
  /// @param lines the lines, without line feed; empty if they are missing
  record Chunk(long start, long end, List<byte[]> lines) {
    private static final Chunk NONE = new Chunk(0, 0, List.of());

    private static Optional<Chunk> missing(long start, long end) {
      return Optional.of(new Chunk(start, end, List.of()));
    }

    boolean isMissing() {
      return lines.isEmpty();
    }
  }

  /// Reads; empty if the files are no longer what they were.
  private interface Reading {
    Optional<Chunk> read() throws IOException;
  }

  private interface Look {
    Optional<Chunk> at(FileChannel channel) throws IOException;
  }

  /// How many lines there are.
  ///
  /// @param size the number of positions that are given
  /// @param generation another one than before if known lines are gone, so that nothing that was
  ///   known of any line holds any more
  record Extent(long size, long generation) {}

  /// Looks for lines that were appended meanwhile.
  Extent refresh() throws IOException {
    state.lock();
    try {
      if (segments.isEmpty() || !refreshTail()) {
        load();
      }
      return new Extent(size(), generation);
    } finally {
      state.unlock();
    }
  }

  private long size() {
    return segments.isEmpty() ? 0 : segments.lastEntry().getValue().next();
  }

  private boolean refreshTail() throws IOException {
    while (true) {
      Segment tail = segments.lastEntry().getValue();
      if (open(tail, _ -> Optional.of(Chunk.NONE)).isEmpty()) {
        return false;
      }
      if (tail.end() < segmentBytes || !startNext(tail)) {
        return true;
      }
    }
  }

  private boolean startNext(Segment tail) throws IOException {
    Segment next = segment(tail.next());
    if (workspace.stat(next.path()).isEmpty()) {
      return false;
    }
    segments.put(next.first(), next);
    return true;
  }

  private void load() throws IOException {
    if (!segments.isEmpty()) {
      segments.clear();
      generation++;
    }
    if (workspace.stat(directory).isEmpty()) {
      return;
    }
    for (FileInfo file : workspace.list(directory)) {
      long first = firstPosition(file.path().name());
      if (file.isFile() && first >= 0) {
        segments.put(first, segment(first));
      }
    }
    if (!segments.isEmpty()) {
      open(segments.lastEntry().getValue(), _ -> Optional.of(Chunk.NONE));
    }
  }

  private Segment segment(long first) throws WorkspaceException {
    return new Segment(directory.child(PREFIX + "%012d".formatted(first) + SUFFIX), first);
  }

  private static long firstPosition(String name) {
    if (name.length() != PREFIX.length() + DIGITS + SUFFIX.length()
        || !name.startsWith(PREFIX)
        || !name.endsWith(SUFFIX)) {
      return -1;
    }
    String digits = name.substring(PREFIX.length(), PREFIX.length() + DIGITS);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : -1;
  }

  /// Appends lines, each with its line feed, in one write, durably. Look for those of others with
  /// [#refresh] first, under the lock of the log.
  void append(List<byte[]> lines) throws IOException {
    state.lock();
    try {
      Segment tail = segments.isEmpty() ? segment(0) : segments.lastEntry().getValue();
      if (tail.end() >= segmentBytes) {
        // The process that wrote the last lines may have died before they were durable.
        force(tail);
        tail = segment(tail.next());
      }
      try (var channel = workspace.openForAppend(tail.path())) {
        tail.append(channel, lines, workspace.durability());
      }
      segments.putIfAbsent(tail.first(), tail);
      appended.signalAll();
    } finally {
      state.unlock();
    }
  }

  /// Makes all lines durable that other processes may have left in memory when they died.
  void force() throws IOException {
    state.lock();
    try {
      if (!segments.isEmpty()) {
        force(segments.lastEntry().getValue());
      }
    } finally {
      state.unlock();
    }
  }

  private void force(Segment segment) throws IOException {
    if (workspace.durability() == Durability.NONE) {
      return;
    }
    try (var channel = workspace.openForRead(segment.path())) {
      channel.force(false);
    }
  }

  /// Waits until there are not so many lines any more; lines of this process are seen at once.
  ///
  /// @return false if that was not so within the limit
  boolean awaitChange(long size, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    state.lockInterruptibly();
    try {
      while (refresh().size() == size) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        var _ = appended.awaitNanos(Math.min(left, LOOK_NANOS));
      }
      return true;
    } finally {
      state.unlock();
    }
  }

  /// At most so many lines from a position on, up to but without `to`.
  ///
  /// @return an empty chunk if the log ends before `from`
  Chunk read(long from, long to, int most) throws IOException {
    return retried(() -> forwards(from, Math.min(to, size()), most));
  }

  /// At most so many lines before a position, down to and with `from`.
  ///
  /// @return an empty chunk if the log ends before `from`
  Chunk readBack(long from, long to, int most) throws IOException {
    return retried(() -> backwards(from, Math.min(to, size()), most));
  }

  private Chunk retried(Reading reading) throws IOException {
    state.lock();
    try {
      Optional<Chunk> chunk = reading.read();
      if (chunk.isEmpty()) {
        load();
        chunk = reading.read();
      }
      return chunk.orElse(Chunk.NONE);
    } finally {
      state.unlock();
    }
  }

  private Optional<Chunk> forwards(long from, long end, int most) throws IOException {
    if (from >= end) {
      return Optional.of(Chunk.NONE);
    }
    Long following = segments.higherKey(from);
    long stop = following == null ? end : Math.min(end, following);
    var entry = segments.floorEntry(from);
    if (entry == null) {
      return Chunk.missing(from, stop);
    }
    Segment segment = entry.getValue();
    return open(
        segment,
        channel ->
            from < segment.next()
                ? lines(
                    segment, channel, from, Math.min(from + most, Math.min(stop, segment.next())))
                : Chunk.missing(from, stop));
  }

  private Optional<Chunk> backwards(long from, long end, int most) throws IOException {
    if (from >= end) {
      return Optional.of(Chunk.NONE);
    }
    var entry = segments.floorEntry(end - 1);
    if (entry == null) {
      return Chunk.missing(from, end);
    }
    Segment segment = entry.getValue();
    long start = Math.max(from, segment.first());
    return open(
        segment,
        channel ->
            end <= segment.next()
                ? lines(segment, channel, Math.max(start, end - most), end)
                : Chunk.missing(Math.max(start, segment.next()), end));
  }

  private static Optional<Chunk> lines(Segment segment, FileChannel channel, long from, long end)
      throws IOException {
    List<byte[]> lines = segment.read(channel, from, end);
    return lines.size() == end - from ? Optional.of(new Chunk(from, end, lines)) : Optional.empty();
  }

  /// Looks into a file; empty if it is no longer what it was.
  private Optional<Chunk> open(Segment segment, Look look) throws IOException {
    try (FileChannel channel = workspace.openForRead(segment.path())) {
      return segment.refresh(channel) ? look.at(channel) : Optional.empty();
    } catch (WorkspaceException e) {
      if (e.kind() == WorkspaceException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
