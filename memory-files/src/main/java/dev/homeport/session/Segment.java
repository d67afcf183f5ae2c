package dev.homeport.session;

import dev.homeport.workspace.WorkspacePath;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One file of a log, and where its complete lines begin. Not thread-safe.
///
/// Files only grow, so a line that was indexed once stays where it is; what follows the last line
/// feed is an append that is going on or was torn, and is not indexed.
final class Segment {
  private static final int BUFFER_BYTES = 64 * 1_024;

  private final WorkspacePath path;
  private final long first;
  private long[] starts = new long[64];
  private int lines;

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
  /// @return false if the file is shorter than it was, so that this index is worthless
  boolean refresh(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < end()) {
      return false;
    }
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long offset = end(); offset < size; offset += buffer.position()) {
      buffer.clear();
      if (channel.read(buffer, offset) < 0) {
        break;
      }
      for (int i = 0; i < buffer.position(); i++) {
        if (buffer.get(i) == '\n') {
          add(offset + i + 1);
        }
      }
    }
    return true;
  }

  /// Notes a complete line that ends, with its line feed, at this offset.
  void add(long end) {
    lines++;
    if (lines == starts.length) {
      starts = Arrays.copyOf(starts, lines * 2);
    }
    starts[lines] = end;
  }

  /// The lines at positions `from` up to but without `to`, which must be indexed, without line
  /// feed.
  List<byte[]> read(FileChannel channel, long from, long to) throws IOException {
    int index = Math.toIntExact(from - first);
    int last = Math.toIntExact(to - first);
    var bytes = ByteBuffer.allocate(Math.toIntExact(starts[last] - starts[index]));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, starts[index] + bytes.position()) < 0) {
        throw new EOFException(path + " became shorter while it was read");
      }
    }
    var result = new ArrayList<byte[]>(last - index);
    for (int i = index; i < last; i++) {
      int start = Math.toIntExact(starts[i] - starts[index]);
      int end = Math.toIntExact(starts[i + 1] - starts[index]) - 1;
      result.add(Arrays.copyOfRange(bytes.array(), start, end));
    }
    return result;
  }
}
