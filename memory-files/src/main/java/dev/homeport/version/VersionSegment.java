package dev.homeport.version;

import dev.homeport.version.VersionEntries.Encoded;
import dev.homeport.version.VersionEntries.Entry;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One file of the version log and how far it was read. Not thread-safe.
final class VersionSegment {
  private static final int BUFFER_BYTES = 64 * 1_024;
  private static final int LONGEST_LINE = 64 * 1_024;

  /// What follows the last complete entry.
  enum Tail {
    /// Nothing.
    CLEAN,
    /// An entry that is being appended, or whose append was cut short.
    TORN,
    /// Something that is no entry.
    DAMAGED
  }

  /// Takes entries as they are read.
  interface Reader {
    /// Takes a version.
    void change(Version version, Location location);

    /// Takes a content.
    void content(Snapshot content, Location location);
  }

  /// Where an entry is.
  ///
  /// @param start the offset of its line
  /// @param content the offset behind the line, where the bytes of a content begin
  /// @param end the offset behind all of it, where the next entry begins
  record Location(WorkspacePath segment, long start, long content, long end) {
    /// The number of bytes of the content.
    long bytes() {
      return Math.max(0, end - content - 1);
    }

    /// Whether another entry begins where this one ends.
    boolean isFollowedBy(Location other) {
      return end == other.start && segment.equals(other.segment);
    }
  }

  private final WorkspacePath path;
  private long end;

  VersionSegment(WorkspacePath path) {
    this.path = path;
  }

  WorkspacePath path() {
    return path;
  }

  /// The number in its name.
  int number() {
    String name = path.name();
    return Integer.parseInt(name.substring(0, name.indexOf('.')));
  }

  /// The number of bytes of all complete entries.
  long end() {
    return end;
  }

  /// Reads the entries that were completed since the last call.
  Tail read(FileChannel channel, Reader reader) throws IOException {
    long size = channel.size();
    var lines = new LineSource(channel, size);
    while (end < size) {
      Optional<byte[]> line = lines.at(end);
      if (line.isEmpty()) {
        return size - end > LONGEST_LINE ? Tail.DAMAGED : Tail.TORN;
      }
      Optional<Entry> entry = VersionEntries.parse(line.get());
      if (entry.isEmpty()) {
        return Tail.DAMAGED;
      }
      int length = line.get().length + 1;
      if (entry.get() instanceof Entry.Content(Snapshot content)
          && end + length + content.bytes() + 1 > size) {
        return Tail.TORN;
      }
      passed(entry.get(), length, reader);
    }
    return Tail.CLEAN;
  }

  /// Writes entries after the last complete one, in place of what stands there.
  ///
  /// They count as not read until [#passed] says otherwise.
  void append(FileChannel channel, List<Encoded> entries) throws IOException {
    if (channel.size() > end) {
      channel.truncate(end);
    }
    channel.position(end);
    ByteBuffer[] buffers =
        entries.stream()
            .flatMap(entry -> entry.bytes().stream())
            .map(ByteBuffer::duplicate)
            .toArray(ByteBuffer[]::new);
    long left = Arrays.stream(buffers).mapToLong(ByteBuffer::remaining).sum();
    while (left > 0) {
      left -= channel.write(buffers);
    }
  }

  /// Takes entries that were appended as read, without reading them.
  void passed(List<Encoded> entries, Reader reader) {
    for (Encoded encoded : entries) {
      passed(encoded.entry(), encoded.bytes().getFirst().remaining(), reader);
    }
  }

  /// Takes an entry that stands after the last one as read, without reading it.
  ///
  /// @param line the length of its line, with the line feed
  void passed(Entry entry, long line, Reader reader) {
    long start = end;
    long behind = start + line;
    switch (entry) {
      case Entry.Change(Version version) -> {
        end = behind;
        reader.change(version, new Location(path, start, behind, end));
      }
      case Entry.Content(Snapshot content) -> {
        end = behind + content.bytes() + 1;
        reader.content(content, new Location(path, start, behind, end));
      }
    }
  }

  /// Reads lines at rising offsets through one buffer.
  private static final class LineSource {
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long start;

    LineSource(FileChannel channel, long size) {
      this.channel = channel;
      this.size = size;
    }

    /// The line at an offset without its line feed, or empty if it has none or is too long.
    Optional<byte[]> at(long offset) throws IOException {
      var line = new ByteArrayOutputStream();
      for (long position = offset; position < size && line.size() <= LONGEST_LINE; position++) {
        if (position < start || position >= start + buffer.limit()) {
          fill(position);
        }
        byte value = buffer.get((int) (position - start));
        if (value == '\n') {
          return Optional.of(line.toByteArray());
        }
        line.write(value);
      }
      return Optional.empty();
    }

    private void fill(long position) throws IOException {
      buffer.clear();
      start = position;
      int wanted = (int) Math.min(BUFFER_BYTES, size - position);
      buffer.limit(wanted);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + buffer.position()) < 0) {
          throw new IOException("the version log became shorter while it was read");
        }
      }
      buffer.flip();
    }
  }
}
