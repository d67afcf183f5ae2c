package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Reads parts of one stored file, never more of it at once than asked for. Not thread-safe.
final class ResultReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1_024;

  private final FileChannel channel;
  private final long size;

  ResultReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /// Up to `most` bytes from an offset on; fewer only at the end.
  byte[] bytes(long offset, int most) throws IOException {
    int length = Math.clamp(size - offset, 0, most);
    var buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = channel.read(buffer, offset + buffer.position());
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  ResultSlice byteSlice(long offset, int most) throws IOException {
    byte[] bytes = bytes(offset, most);
    int length = offset + bytes.length < size ? completeLength(bytes, bytes.length) : bytes.length;
    return slice(bytes, length, offset, 0);
  }

  ResultSlice lineSlice(long firstLine, int count, int mostBytes) throws IOException {
    long offset = offsetOf(firstLine);
    byte[] bytes = bytes(offset, mostBytes);
    int length = 0;
    long lines = 0;
    while (length < bytes.length && lines < count) {
      lines += bytes[length++] == '\n' ? 1 : 0;
    }
    boolean cutInLine = lines < count && offset + length < size;
    return slice(
        bytes, cutInLine ? completeLength(bytes, length) : length, offset, firstLine + lines);
  }

  private static int completeLength(byte[] bytes, int length) {
    int complete = Utf8.completeLength(bytes, length);
    return complete == 0 ? length : complete;
  }

  private ResultSlice slice(byte[] bytes, int length, long offset, long nextLine) {
    long next = offset + length;
    return new ResultSlice(new String(bytes, 0, length, UTF_8), next, nextLine, next < size);
  }

  private long offsetOf(long line) throws IOException {
    long current = 1;
    long offset = 0;
    while (current < line && offset < size) {
      byte[] bytes = bytes(offset, BUFFER_BYTES);
      int i = 0;
      while (i < bytes.length && current < line) {
        current += bytes[i++] == '\n' ? 1 : 0;
      }
      offset += i;
    }
    return offset;
  }

  /// The lines from a line on that contain a literal.
  ResultSlice grep(String literal, long firstLine, int limit) throws IOException {
    return new LiteralSearch(this, literal, limit).from(firstLine, offsetOf(firstLine));
  }

  /// How many bytes there are.
  long size() {
    return size;
  }

  /// Where the line after the one that goes on at an offset begins.
  long offsetAfterLine(long offset) throws IOException {
    long at = offset;
    while (at < size) {
      byte[] bytes = bytes(at, BUFFER_BYTES);
      for (byte b : bytes) {
        at++;
        if (b == '\n') {
          return at;
        }
      }
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
