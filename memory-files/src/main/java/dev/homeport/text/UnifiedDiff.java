package dev.homeport.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.Arrays;
import java.util.List;

/// The difference of two texts as people and programs read it.
public final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 3_000;
  private static final int MOST_CHARACTERS = 8_000;
  private static final int LONGEST_LINE = 1_000_000;

  private UnifiedDiff() {}

  /// The difference in unified format without a last newline. Empty if there is none; a note if it
  /// is too large to make or to show.
  public static String of(String name, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<String> old = lines(before);
    List<String> fresh = lines(after);
    int same = commonEnds(old, fresh);
    if (Math.max(old.size(), fresh.size()) - same > MOST_LINES) {
      return "[%s changes in too many lines to show a diff]".formatted(name);
    }
    if (hasHugeLine(old) || hasHugeLine(fresh)) {
      return "[%s has lines that are too long to show a diff]".formatted(name);
    }
    String diff =
        String.join(
            "\n",
            UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name, "b/" + name, old, DiffUtils.diff(old, fresh), CONTEXT));
    return diff.length() <= MOST_CHARACTERS
        ? diff
        : diff.substring(0, diff.lastIndexOf('\n', MOST_CHARACTERS))
            + "\n[the diff goes on for %,d characters]".formatted(diff.length() - MOST_CHARACTERS);
  }

  private static boolean hasHugeLine(List<String> lines) {
    return lines.stream().anyMatch(line -> line.length() > LONGEST_LINE);
  }

  private static List<String> lines(String text) {
    return Arrays.asList(text.split("\n", -1));
  }

  /// How many lines at start and end are the same: these cost a diff nothing.
  private static int commonEnds(List<String> old, List<String> fresh) {
    int most = Math.min(old.size(), fresh.size());
    int start = 0;
    while (start < most && old.get(start).equals(fresh.get(start))) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && old.get(old.size() - 1 - end).equals(fresh.get(fresh.size() - 1 - end))) {
      end++;
    }
    return start + end;
  }
}
