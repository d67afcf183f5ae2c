package dev.homeport.search.trigram.build;

import dev.homeport.search.bytes.ByteScan;
import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.Coverage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// Cuts files into chunks of whole lines. Reused for many files by one thread.
final class FileChunker {
  /// About how many bytes a chunk has.
  static final int CHUNK = 16 << 10;

  /// A rest up to this size is not cut again.
  private static final int LAST_CHUNK = 24 << 10;

  /// A search takes this many bytes in its first step, and gives up on a NUL byte among them.
  private static final int FIRST_STEP = 64 << 10;

  /// A search looks at these for a byte order mark, and at the lines that they end before it reads
  /// on.
  private static final int MARK = 3;

  private static final int CAPACITY = 256 << 10;

  /// A file with a longer line is not cut.
  private static final int LINE_LIMIT = 16 << 20;

  /// Takes the chunks of a file in order.
  interface Sink {
    /// Takes one chunk, whose bytes begin at an index of an array.
    void chunk(Chunk chunk, byte[] bytes, int from) throws IOException;
  }

  private byte[] buffer = new byte[CAPACITY];
  private int start;
  private int end;
  private boolean atEnd;

  /// Cuts a file; only for [Coverage#CHUNKS], all chunks were given.
  Coverage cut(ReadableByteChannel file, Sink sink) throws IOException {
    start = 0;
    end = 0;
    atEnd = false;
    if (buffer.length > CAPACITY) {
      buffer = new byte[CAPACITY];
    }
    fill(file);
    Coverage coverage = firstStep();
    long offset = 0;
    long line = 1;
    while (coverage == Coverage.CHUNKS && start < end) {
      int chunkEnd = chunkEnd();
      if (chunkEnd < 0) {
        if (buffer.length >= LINE_LIMIT && start == 0) {
          return Coverage.WHOLE;
        }
        fill(file);
        continue;
      }
      if (ByteScan.indexOf(buffer, (byte) 0, start, chunkEnd) >= 0) {
        return Coverage.WHOLE;
      }
      sink.chunk(new Chunk(offset, chunkEnd - start, line), buffer, start);
      offset += chunkEnd - start;
      line += ByteScan.count(buffer, (byte) '\n', start, chunkEnd);
      start = chunkEnd;
    }
    return coverage;
  }

  private Coverage firstStep() {
    boolean isUtf16 =
        end >= 2
            && ((buffer[0] == (byte) 0xFE && buffer[1] == (byte) 0xFF)
                || (buffer[0] == (byte) 0xFF && buffer[1] == (byte) 0xFE));
    if (isUtf16) {
      return Coverage.WHOLE;
    }
    int mark = Math.min(MARK, end);
    if (ByteScan.indexOf(buffer, (byte) 0, 0, Math.min(FIRST_STEP, end)) < 0) {
      return Coverage.CHUNKS;
    }
    boolean isSearchedBefore =
        ByteScan.indexOf(buffer, (byte) '\n', 0, mark) >= 0
            && ByteScan.indexOf(buffer, (byte) 0, 0, mark) < 0;
    return isSearchedBefore ? Coverage.WHOLE : Coverage.BINARY;
  }

  /// Where the chunk that begins at `start` ends, or -1 if more must be read to tell.
  private int chunkEnd() {
    if (atEnd && end - start <= LAST_CHUNK) {
      return end;
    }
    if (!atEnd && end - start <= LAST_CHUNK) {
      return -1;
    }
    for (int i = start + CHUNK; i > start; i--) {
      if (buffer[i - 1] == '\n') {
        return i;
      }
    }
    for (int i = start + CHUNK; i < end; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return atEnd ? end : -1;
  }

  /// Reads on until the buffer is full or the file is over.
  private void fill(ReadableByteChannel file) throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    while (end < buffer.length) {
      int read = file.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
      if (read < 0) {
        atEnd = true;
        return;
      }
      end += read;
    }
  }
}
