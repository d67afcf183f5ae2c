package dev.homeport.server.cli;

import java.util.ArrayList;
import java.util.List;

/// Shows the one stretch of lines in which two texts differ.
final class LineDiff {
  private LineDiff() {}

  /// The lines that go, with `-`, and those that come, with `+`.
  static List<String> between(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int shortest = Math.min(old.size(), now.size());
    int head = 0;
    while (head < shortest && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shortest - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    var lines = new ArrayList<String>();
    old.subList(head, old.size() - tail).forEach(line -> lines.add("- " + line));
    now.subList(head, now.size() - tail).forEach(line -> lines.add("+ " + line));
    return lines;
  }
}
