package dev.homeport.file;

import dev.homeport.text.Lines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the lines of a file that look most like a text that was not found in it.
final class ClosestLines {
  private static final int MOST_LINES = 20_000;
  private static final int MOST_CHARACTERS = 300;
  private static final int MOST_SHOWN = 8;
  private static final double ENOUGH = 0.5;

  private ClosestLines() {}

  /// The numbered lines that come closest to the first line of a text; empty if none does.
  static String of(String content, String wanted) {
    List<String> wantedLines = wanted.strip().lines().toList();
    if (wantedLines.isEmpty()) {
      return "";
    }
    Set<Integer> pairs = pairs(wantedLines.getFirst());
    int closest = 0;
    double best = ENOUGH;
    int number = 0;
    for (String line : content.lines().limit(MOST_LINES).toList()) {
      number++;
      double similarity = similarity(pairs, pairs(line));
      if (similarity > best) {
        best = similarity;
        closest = number;
      }
    }
    if (closest == 0) {
      return "";
    }
    int shown = Math.min(wantedLines.size(), MOST_SHOWN);
    return Lines.numbered(content, closest, closest + shown - 1);
  }

  /// The pairs of neighbouring characters that are no white space.
  private static Set<Integer> pairs(String line) {
    var characters = new ArrayList<Integer>();
    line.chars()
        .filter(c -> !Character.isWhitespace(c))
        .limit(MOST_CHARACTERS)
        .forEach(characters::add);
    var pairs = new HashSet<Integer>();
    for (int i = 1; i < characters.size(); i++) {
      pairs.add(characters.get(i - 1) << 16 | characters.get(i));
    }
    return pairs;
  }

  private static double similarity(Set<Integer> one, Set<Integer> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0;
    }
    long common = one.stream().filter(other::contains).count();
    return 2.0 * common / (one.size() + other.size());
  }
}
