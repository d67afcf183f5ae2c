package dev.homeport.result;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/// Finds the lines of a file that contain a literal, in one pass and with one buffer, however long
/// the lines are. Not thread-safe.
///
/// Bytes are taken for characters one by one, so that invalid UTF-8 hides nothing.
final class LiteralSearch {
  private static final int BUFFER_BYTES = 64 * 1_024;
  private static final int SHOWN_BEFORE_MATCH = 100;
  private static final int SHOWN_OF_LINE = 400;

  private final ResultReader reader;
  private final String needle;
  private final int limit;
  private final StringBuilder matches = new StringBuilder();
  private int found;
  private long line;
  private long lineStart;

  /// @param literal without line feeds, shorter than the buffer
  /// @param limit the most lines to find
  LiteralSearch(ResultReader reader, String literal, int limit) {
    this.reader = reader;
    this.needle = new String(literal.getBytes(UTF_8), ISO_8859_1);
    this.limit = limit;
  }

  /// @param firstLine the number of the first line to look at
  /// @param offset where it begins
  ResultSlice from(long firstLine, long offset) throws IOException {
    line = firstLine;
    lineStart = offset;
    long position = offset;
    while (position < reader.size() && found < limit) {
      position = searchPart(position);
    }
    boolean more = found == limit && position < reader.size();
    return new ResultSlice(matches.toString(), position, line, more);
  }

  /// Searches one bufferful and says where the next one begins.
  private long searchPart(long position) throws IOException {
    String text = new String(reader.bytes(position, BUFFER_BYTES), ISO_8859_1);
    boolean isLast = position + text.length() >= reader.size();
    int at = 0;
    while (found < limit) {
      int match = text.indexOf(needle, at);
      if (match < 0) {
        // A match may begin in the last bytes and end in the next bufferful.
        int searched = isLast ? text.length() : Math.max(at, text.length() - needle.length() + 1);
        passLines(text, at, searched, position);
        return position + searched;
      }
      passLines(text, at, match, position);
      show(position + match);
      int end = text.indexOf('\n', match);
      if (end < 0) {
        lineStart = reader.offsetAfterLine(position + text.length());
        line++;
        return lineStart;
      }
      at = end + 1;
      line++;
      lineStart = position + at;
    }
    return position + at;
  }

  private void passLines(String text, int from, int to, long position) {
    for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = position + i + 1;
    }
  }

  /// The line around a match, in part if it is long.
  private void show(long match) throws IOException {
    long start = Math.max(lineStart, match - SHOWN_BEFORE_MATCH);
    byte[] bytes = reader.bytes(start, SHOWN_OF_LINE);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    boolean isCut = end == bytes.length && start + end < reader.size();
    byte[] shown = Arrays.copyOf(bytes, isCut ? Utf8.completeLength(bytes, end) : end);
    matches
        .append(line)
        .append(':')
        .append(start > lineStart ? "…" : "")
        .append(Utf8.decodeTail(shown).stripTrailing())
        .append(isCut ? "…" : "")
        .append('\n');
    found++;
  }
}
