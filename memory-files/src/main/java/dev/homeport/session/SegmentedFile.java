package dev.homeport.session;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The lines of a log over several files, each named by the position of its first line.
///
/// Keeps where each line begins, and learns of lines that other processes append from the size of
/// the last file. Not thread-safe; appending needs the lock of the log as well.
final class SegmentedFile {
  private static final String PREFIX = "events-";
  private static final String SUFFIX = ".jsonl";

  private final Workspace workspace;
  private final WorkspacePath directory;
  private final long segmentBytes;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();

  SegmentedFile(Workspace workspace, WorkspacePath directory, long segmentBytes) {
    this.workspace = workspace;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /// The number of complete lines, as of the last [#refresh].
  long size() {
    return segments.isEmpty() ? 0 : segments.lastEntry().getValue().next();
  }

  /// Looks for lines that were appended meanwhile.
  ///
  /// @return false if known lines are gone, so that everything known was thrown away and read anew
  boolean refresh() throws IOException {
    if (!segments.isEmpty() && refreshTail()) {
      return true;
    }
    boolean wasEmpty = segments.isEmpty();
    load();
    return wasEmpty;
  }

  private boolean refreshTail() throws IOException {
    while (true) {
      Segment tail = segments.lastEntry().getValue();
      if (!index(tail)) {
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

  private boolean index(Segment segment) throws IOException {
    try (var channel = workspace.openForRead(segment.path())) {
      return segment.refresh(channel);
    } catch (WorkspaceException e) {
      if (e.kind() == WorkspaceException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private void load() throws IOException {
    segments.clear();
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
      index(segments.lastEntry().getValue());
    }
  }

  private Segment segment(long first) throws WorkspaceException {
    return new Segment(directory.child(PREFIX + "%012d".formatted(first) + SUFFIX), first);
  }

  private static long firstPosition(String name) {
    if (name.length() != PREFIX.length() + 12 + SUFFIX.length()
        || !name.startsWith(PREFIX)
        || !name.endsWith(SUFFIX)) {
      return -1;
    }
    String digits = name.substring(PREFIX.length(), PREFIX.length() + 12);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : -1;
  }

  /// Appends one line, with its line feed, durably; what an earlier append left torn is cut off.
  void append(byte[] line) throws IOException {
    Segment tail = segments.isEmpty() ? segment(0) : segments.lastEntry().getValue();
    if (tail.end() >= segmentBytes) {
      tail = segment(tail.next());
    }
    segments.putIfAbsent(tail.first(), tail);
    try (var channel = workspace.openForAppend(tail.path())) {
      if (channel.size() > tail.end()) {
        channel.truncate(tail.end());
      }
      channel.position(tail.end());
      var buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    }
    tail.add(tail.end() + line.length);
  }

  /// The lines at positions `from` up to but without `to`; a line that is missing is empty.
  List<byte[]> read(long from, long to) throws IOException {
    var lines = new ArrayList<byte[]>(Math.toIntExact(to - from));
    for (long position = from; position < to; position = from + lines.size()) {
      Map.Entry<Long, Segment> entry = segments.floorEntry(position);
      Long following = segments.higherKey(position);
      long end = Math.min(to, following == null ? Long.MAX_VALUE : following);
      if (entry != null) {
        lines.addAll(read(entry.getValue(), position, end));
      }
      while (lines.size() < end - from) {
        lines.add(new byte[0]);
      }
    }
    return lines;
  }

  private List<byte[]> read(Segment segment, long from, long to) throws IOException {
    try (FileChannel channel = workspace.openForRead(segment.path())) {
      if (segment.next() < to) {
        segment.refresh(channel);
      }
      long end = Math.min(to, segment.next());
      return from < end ? segment.read(channel, from, end) : List.of();
    }
  }

  @Override
  public String toString() {
    return Objects.toString(directory);
  }
}
