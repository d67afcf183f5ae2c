package dev.homeport.search;

import dev.homeport.search.bytes.ByteScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// A rolling window over the bytes of a file that always ends with a whole line.
///
/// Reads in the same steps as ripgrep, since a NUL byte ends a search at the step that finds it:
/// what earlier steps brought has been searched by then. A byte order mark is dropped, and UTF-16
/// becomes UTF-8. Reused for many files by one thread.
final class LineBuffer {
  static final int MAX_BYTES = 64 << 20;

  private static final int CAPACITY = 64 << 10;
  private static final int MARK = 3;

  private byte[] bytes = new byte[CAPACITY];
  private int start;
  private int end;
  private int linesEnd;
  private boolean isFirst;
  private boolean binary;
  private ReadableByteChannel source = Text.EMPTY;

  /// More bytes than fit in memory.
  static final class OversizedException extends IOException {
    @java.io.Serial private static final long serialVersionUID = 1L;
  }

  void open(ReadableByteChannel channel) {
    source = channel;
    start = 0;
    end = 0;
    linesEnd = 0;
    isFirst = true;
    binary = false;
    if (bytes.length > CAPACITY) {
      bytes = new byte[CAPACITY];
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /// Where the window begins.
  int start() {
    return start;
  }

  /// Where the last whole line of the window ends.
  int linesEnd() {
    return linesEnd;
  }

  /// Whether a NUL byte ended the reading.
  boolean isBinary() {
    return binary;
  }

  /// Reads on, keeping what stands from an index on, which becomes index 0.
  ///
  /// @return whether there is anything to search
  boolean fill(int keepFrom) throws IOException {
    System.arraycopy(bytes, keepFrom, bytes, 0, end - keepFrom);
    end -= keepFrom;
    linesEnd -= keepFrom;
    start = 0;
    while (true) {
      if (end == bytes.length) {
        grow();
      }
      int read =
          isFirst ? readMark() : source.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
      if (read < 0) {
        boolean anything = linesEnd < end;
        linesEnd = end;
        return anything;
      }
      if (ByteScan.indexOf(bytes, (byte) 0, end, end + read) >= 0) {
        binary = true;
        return false;
      }
      int lines = ByteScan.lineStart(bytes, end, end + read);
      end += read;
      if (lines > end - read) {
        linesEnd = lines;
        return true;
      }
    }
  }

  /// Makes a part of a file that consists of whole lines the window, without its byte order mark.
  ///
  /// @return false if the file has become too short
  boolean load(SeekableByteChannel file, long offset, int length) throws IOException {
    open(file);
    while (bytes.length < length) {
      grow();
    }
    file.position(offset);
    var target = ByteBuffer.wrap(bytes, 0, length);
    while (target.hasRemaining() && file.read(target) >= 0) {}
    end = target.position();
    linesEnd = end;
    start = offset == 0 && Text.mark(bytes, 0, end) == Text.Mark.UTF_8 ? MARK : 0;
    return end == length;
  }

  private int readMark() throws IOException {
    isFirst = false;
    var mark = ByteBuffer.wrap(bytes, end, MARK);
    while (mark.hasRemaining() && source.read(mark) >= 0) {}
    int read = mark.position() - end;
    Text.Mark kind = Text.mark(bytes, end, read);
    return switch (kind) {
      case NONE -> read == 0 ? -1 : read;
      case UTF_8 -> 0;
      case UTF_16LE, UTF_16BE -> {
        source = Text.transcode(Arrays.copyOfRange(bytes, end, end + read), source, kind);
        yield 0;
      }
    };
  }

  /// Reads all that is left; the window is then the whole file.
  void readAll() throws IOException {
    int read = readMark();
    while (read >= 0) {
      end += read;
      if (end == bytes.length) {
        grow();
      }
      read = source.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
    }
    linesEnd = end;
  }

  private void grow() throws OversizedException {
    if (bytes.length >= MAX_BYTES) {
      throw new OversizedException();
    }
    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
  }
}
