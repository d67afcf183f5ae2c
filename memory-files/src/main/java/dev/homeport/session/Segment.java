package dev.homeport.session;

import dev.homeport.workspace.Durability;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One file of a log, and where its complete lines begin. Not thread-safe.
///
/// Files only grow, so a line that was indexed once stays where it is; what follows the last line
/// feed is an append that is going on or was torn, and is not indexed. Somebody may change a file
/// nonetheless: the last indexed bytes are compared with the file before the index is used.
final class Segment {
  private static final int BUFFER_BYTES = 64 * 1_024;
  private static final int MARK_BYTES = 64;

  private final WorkspacePath path;
  private final long first;
  private long[] starts = new long[64];
  private int lines;
  private long markStart;
  private byte[] mark = new byte[0];

  Segment(WorkspacePath path, long first) {
    this.path = path;
    this.first = first;
  }

  WorkspacePath path() {
    return path;
  }

  /// The position of the first line.
  long first() {
    return first;
  }

  /// The position after the last complete line.
  long next() {
    return first + lines;
  }

  /// The number of bytes of all complete lines.
  long end() {
    return starts[lines];
  }

  /// Indexes the lines that were completed since the last call.
  ///
  /// @return false if what was indexed is no longer there, so that this index is worthless
  boolean refresh(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < end() || !Arrays.equals(mark, read(channel, markStart, mark.length))) {
      return false;
    }
    byte[] bytes = new byte[(int) Math.min(BUFFER_BYTES, size - end())];
    int before = lines;
    long offset = end();
    while (offset < size) {
      int read = channel.read(ByteBuffer.wrap(bytes), offset);
      if (read < 0) {
        break;
      }
      indexLines(bytes, read, offset);
      offset += read;
    }
    if (lines > before) {
      remember(channel);
    }
    return true;
  }

  private void indexLines(byte[] bytes, int length, long offset) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        add(offset + i + 1);
      }
    }
  }

  private void add(long end) {
    lines++;
    if (lines == starts.length) {
      starts = Arrays.copyOf(starts, lines * 2);
    }
    starts[lines] = end;
  }

  private void remember(FileChannel channel) throws IOException {
    long start = Math.max(0, end() - MARK_BYTES);
    mark = read(channel, start, (int) (end() - start));
    markStart = start;
  }

  /// Appends lines, each with its line feed, in one write; what an earlier append left torn is cut
  /// off. If that fails, the file has the lines that it had.
  void append(FileChannel channel, List<byte[]> more, Durability durability) throws IOException {
    long end = end();
    if (channel.size() > end) {
      channel.truncate(end);
    }
    var bytes = ByteBuffer.allocate(more.stream().mapToInt(line -> line.length).sum());
    more.forEach(bytes::put);
    bytes.flip();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
      if (durability == Durability.FULL) {
        channel.force(false);
      }
    } catch (IOException e) {
      undo(channel, end, e);
      throw e;
    }
    for (byte[] line : more) {
      add(end() + line.length);
    }
    byte[] written = bytes.array();
    mark = Arrays.copyOfRange(written, Math.max(0, written.length - MARK_BYTES), written.length);
    markStart = end() - mark.length;
  }

  /// What was not acknowledged must not be found as if it had been.
  private static void undo(FileChannel channel, long end, IOException reason) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /// The lines at positions `from` up to but without `to`, which must be indexed, without line
  /// feed; fewer if the file became shorter meanwhile.
  List<byte[]> read(FileChannel channel, long from, long to) throws IOException {
    int index = Math.toIntExact(from - first);
    int last = Math.toIntExact(to - first);
    long offset = starts[index];
    byte[] bytes = read(channel, offset, Math.toIntExact(starts[last] - offset));
    var result = new ArrayList<byte[]>(last - index);
    for (int i = index; i < last && starts[i + 1] - offset <= bytes.length; i++) {
      int start = Math.toIntExact(starts[i] - offset);
      int end = Math.toIntExact(starts[i + 1] - offset) - 1;
      result.add(Arrays.copyOfRange(bytes, start, end));
    }
    return result;
  }

  private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, offset + bytes.position());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
