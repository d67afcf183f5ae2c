package dev.homeport.result;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Reads parts of one stored file, never more of it at once than asked for. Not thread-safe.
final class ResultReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1_024;
  private static final int LONGEST_MATCHED_LINE = 64 * 1_024;
  private static final int SHOWN_BEFORE_MATCH = 100;
  private static final int SHOWN_OF_LINE = 400;

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
    var matches = new StringBuilder();
    String needle = new String(literal.getBytes(UTF_8), ISO_8859_1);
    long line = firstLine;
    long offset = offsetOf(firstLine);
    int found = 0;
    while (offset < size && found < limit) {
      byte[] bytes = bytes(offset, LONGEST_MATCHED_LINE);
      String text = new String(bytes, ISO_8859_1);
      int end = text.indexOf('\n');
      String content = end < 0 ? text : text.substring(0, end);
      int at = content.indexOf(needle);
      if (at >= 0) {
        matches.append(line).append(':').append(shown(content, at)).append('\n');
        found++;
      }
      offset = end < 0 ? offsetAfterLine(offset + bytes.length) : offset + end + 1;
      line++;
    }
    return new ResultSlice(matches.toString(), offset, line, offset < size);
  }

  private long offsetAfterLine(long offset) throws IOException {
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

  private static String shown(String line, int match) {
    int start = Math.max(0, match - SHOWN_BEFORE_MATCH);
    int end = Math.min(line.length(), start + SHOWN_OF_LINE);
    byte[] bytes = line.substring(start, end).getBytes(ISO_8859_1);
    String text = Utf8.decodeTail(Arrays.copyOf(bytes, Utf8.completeLength(bytes, bytes.length)));
    return (start > 0 ? "…" : "") + text.stripTrailing() + (end < line.length() ? "…" : "");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
