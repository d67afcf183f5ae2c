package dev.homeport.search;

import dev.homeport.search.bytes.ByteScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Collects the matching lines of one file with their context, in order.
///
/// Indexes are those of the window that is searched; [#roll] follows when the window moves.
final class LineCollector {
  private final GrepRequest request;
  private final int cap;
  private final boolean stopsAtNul;
  private final List<LineMatch> lines = new ArrayList<>();
  private int count;
  private int visited;
  private int afterLeft;
  private int numbered;
  private long number = 1;
  private boolean binary;

  /// A collector that keeps the text of the first `cap` matching lines.
  LineCollector(GrepRequest request, int cap, boolean stopsAtNul) {
    this.request = request;
    this.cap = request.mode() == OutputMode.CONTENT ? cap : 0;
    this.stopsAtNul = stopsAtNul;
  }

  List<LineMatch> lines() {
    return lines;
  }

  /// How many lines matched.
  int count() {
    return count;
  }

  /// Whether nothing more has to be known of the file.
  boolean isEnough() {
    return request.mode() == OutputMode.FILES_WITH_MATCHES && count > 0;
  }

  /// Whether a line to be reported had a NUL byte.
  boolean isBinary() {
    return binary;
  }

  /// Goes on in another window, of which the line at an index has a number.
  void moveTo(long lineNumber, int index) {
    number = lineNumber;
    numbered = index;
    visited = index;
    afterLeft = 0;
  }

  /// Takes the lines of a match.
  ///
  /// @param windowStart where the window begins
  /// @param from the start of the first line
  /// @param to the end of the last line
  /// @param match where the match begins
  void matched(byte[] bytes, int windowStart, int from, int to, int match) {
    contextUpTo(bytes, from);
    if (request.before() > 0 && count < cap) {
      int start = ByteScan.preceding(bytes, Math.max(windowStart, visited), from, request.before());
      for (int at = start; at < from && !binary; ) {
        at = line(bytes, at, from, -1);
      }
    }
    if (stopsAtNul && ByteScan.indexOf(bytes, (byte) 0, from, to) >= 0) {
      binary = true;
    }
    for (int at = from; at < to && !binary; ) {
      count++;
      at = count <= cap ? line(bytes, at, to, Math.max(at, match)) : skipLine(bytes, at, to);
    }
    visited = to;
    afterLeft = count <= cap ? request.after() : 0;
  }

  private int skipLine(byte[] bytes, int at, int to) {
    return ByteScan.lineEnd(bytes, at, to);
  }

  /// Takes the lines after the last match, as far as they are context and before an index.
  void contextUpTo(byte[] bytes, int to) {
    while (afterLeft > 0 && visited < to && !binary) {
      afterLeft--;
      visited = line(bytes, visited, to, -1);
    }
  }

  private int line(byte[] bytes, int from, int to, int match) {
    int end = ByteScan.lineEnd(bytes, from, to);
    if (stopsAtNul && ByteScan.indexOf(bytes, (byte) 0, from, end) >= 0) {
      binary = true;
      return end;
    }
    number += ByteScan.count(bytes, (byte) '\n', numbered, from);
    numbered = from;
    int textEnd = end > from && bytes[end - 1] == '\n' ? end - 1 : end;
    String text = new String(bytes, from, textEnd - from, StandardCharsets.UTF_8);
    boolean isContext = match < 0;
    if (text.length() <= request.lineLimit()) {
      lines.add(new LineMatch(number, text, isContext, false));
    } else {
      int column =
          isContext
              ? 0
              : new String(bytes, from, Math.min(match, textEnd) - from, StandardCharsets.UTF_8)
                  .length();
      lines.add(new LineMatch(number, preview(text, column), isContext, true));
    }
    return end;
  }

  /// The part of a long line in which a match begins.
  private String preview(String text, int column) {
    int limit = request.lineLimit();
    int start = Math.clamp(column - limit / 4, 0, text.length() - limit);
    int end = start + limit;
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
  }

  /// Where the window may be cut: before it, nothing is needed any more.
  int keepFrom(byte[] bytes, int windowStart, int to) {
    int context = Math.max(request.before(), request.after());
    return Math.max(ByteScan.preceding(bytes, windowStart, to, context), Math.min(visited, to));
  }

  /// Follows the window, whose index `keptFrom` became 0.
  void roll(byte[] bytes, int keptFrom) {
    if (numbered < keptFrom) {
      number += cap == 0 ? 0 : ByteScan.count(bytes, (byte) '\n', numbered, keptFrom);
      numbered = keptFrom;
    }
    numbered -= keptFrom;
    visited = Math.max(0, visited - keptFrom);
  }
}
