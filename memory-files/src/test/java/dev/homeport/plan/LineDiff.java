package dev.homeport.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The one stretch of lines in which two texts differ.
///
/// @param removed the lines of the old text, with their ends
/// @param added the lines of the new text, with their ends
/// @param following the line behind the stretch, or nothing
record LineDiff(List<String> removed, List<String> added, String following) {
  /// Lines were put behind a last line that had no end: that it got one is no change of it.
  static LineDiff of(String before, String after) {
    LineDiff diff = between(lines(before), lines(after));
    if (before.isEmpty() || before.endsWith("\n")) {
      return diff;
    }
    // It ends as the line above it does.
    String end = before.substring(0, before.lastIndexOf('\n') + 1).endsWith("\r\n") ? "\r\n" : "\n";
    LineDiff ended = between(lines(before + end), lines(after));
    return ended.removed.size() < diff.removed.size() ? ended : diff;
  }

  /// How many of the lines differ, where there are as many as before.
  long changes() {
    return IntStream.range(0, removed.size())
        .filter(i -> !removed.get(i).equals(added.get(i)))
        .count();
  }

  private static LineDiff between(List<String> before, List<String> after) {
    int shared = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shared && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shared - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    return new LineDiff(
        before.subList(head, before.size() - tail),
        after.subList(head, after.size() - tail),
        tail == 0 ? "" : after.get(after.size() - tail));
  }

  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start) + 1;
      lines.add(text.substring(start, end == 0 ? text.length() : end));
      start = end == 0 ? text.length() : end;
    }
    return lines;
  }
}
