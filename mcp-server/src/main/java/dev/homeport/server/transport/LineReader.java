package dev.homeport.server.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Cuts a stream into lines of bounded size. For one thread.
final class LineReader {
  /// What stood on the next line.
  sealed interface Line {
    /// A line that has something on it, without its end.
    record Content(InputStream bytes) implements Line {}

    /// A line over the limit, skipped.
    ///
    /// @param idJson the JSON text of the message's id, if one was seen in passing
    record TooLarge(Optional<String> idJson) implements Line {}

    /// Nothing comes any more.
    record End() implements Line {}
  }

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int filled;

  /// @param limit the most bytes that a line may have
  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /// The next line that is not empty. A last line without an end counts.
  Line next() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      if (position == filled && !fill()) {
        byte[] last = line.toByteArray();
        return isBlank(last) ? new Line.End() : new Line.Content(new ByteArrayInputStream(last));
      }
      int end = lineEnd();
      if (line.size() + end - position > limit) {
        return skip(line);
      }
      line.write(buffer, position, end - position);
      position = end;
      if (position < filled) {
        position++;
        byte[] whole = line.toByteArray();
        if (!isBlank(whole)) {
          return new Line.Content(new ByteArrayInputStream(whole));
        }
        line.reset();
      }
    }
  }

  /// Reads on to the end of the line and remembers no more of it than its id.
  private Line skip(ByteArrayOutputStream begin) throws IOException {
    var scanner = new IdScanner();
    byte[] head = begin.toByteArray();
    scanner.feed(head, 0, head.length);
    while (position < filled || fill()) {
      int end = lineEnd();
      scanner.feed(buffer, position, end);
      position = end;
      if (position < filled) {
        position++;
        break;
      }
    }
    return new Line.TooLarge(scanner.id());
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  private int lineEnd() {
    int end = position;
    while (end < filled && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
