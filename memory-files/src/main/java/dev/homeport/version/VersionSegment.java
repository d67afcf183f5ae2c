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
    ///
    /// @param line its bytes, perhaps without the line feed
    void change(Version version, byte[] line) throws IOException;

    /// Takes a content.
    void content(Snapshot content, Location location) throws IOException;
  }

  /// Where the bytes of a content are.
  record Location(WorkspacePath segment, long offset, long bytes) {}

  private final WorkspacePath path;
  private long end;

  VersionSegment(WorkspacePath path) {
    this.path = path;
  }

  WorkspacePath path() {
    return path;
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
      long next = end + line.get().length + 1;
      switch (entry.get()) {
        case Entry.Change(Version version) -> reader.change(version, line.get());
        case Entry.Content(Snapshot content) -> {
          if (next + content.bytes() + 1 > size) {
            return Tail.TORN;
          }
          reader.content(content, new Location(path, next, content.bytes()));
          next += content.bytes() + 1;
        }
      }
      end = next;
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
  void passed(List<Encoded> entries, Reader reader) throws IOException {
    for (Encoded encoded : entries) {
      switch (encoded.entry()) {
        case Entry.Change(Version version) ->
            reader.change(version, encoded.bytes().getFirst().array());
        case Entry.Content(Snapshot content) -> {
          long offset = end + encoded.bytes().getFirst().remaining();
          reader.content(content, new Location(path, offset, content.bytes()));
        }
      }
      end += encoded.bytes().stream().mapToLong(ByteBuffer::remaining).sum();
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
