package dev.homeport.file;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lines of a text that another text has replaced.
///
/// @param start the index of the first replaced line; of the line behind, where only lines came in
/// @param end the index of the line behind the last replaced one
/// @param lines what stands there instead
record LineChange(int start, int end, List<String> lines) {
  /// How many lines two texts may differ in, the lines between two differences included.
  private static final int MOST_LINES = 10_000;

  LineChange {
    lines = List.copyOf(lines);
  }

  /// How many lines more the other text has because of this.
  int growth() {
    return lines.size() - (end - start);
  }

  /// What leads from one text to another, from the top down, with unchanged lines between any two;
  /// empty if that is too much to find out.
  static Optional<List<LineChange>> between(List<String> before, List<String> after) {
    int most = Math.min(before.size(), after.size());
    int top = 0;
    while (top < most && before.get(top).equals(after.get(top))) {
      top++;
    }
    int bottom = 0;
    while (bottom < most - top
        && before.get(before.size() - 1 - bottom).equals(after.get(after.size() - 1 - bottom))) {
      bottom++;
    }
    if (before.size() - top - bottom > MOST_LINES || after.size() - top - bottom > MOST_LINES) {
      return Optional.empty();
    }
    return Optional.of(
        between(
            before.subList(top, before.size() - bottom),
            after.subList(top, after.size() - bottom),
            top));
  }

  private static List<LineChange> between(List<String> before, List<String> after, int shift) {
    var changes = new ArrayList<LineChange>();
    var algorithm = new MyersDiffWithLinearSpace<String>();
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after, algorithm).getDeltas()) {
      int start = delta.getSource().getPosition() + shift;
      int end = start + delta.getSource().size();
      var change = new LineChange(start, end, delta.getTarget().getLines());
      if (!changes.isEmpty() && changes.getLast().end == start) {
        changes.add(changes.removeLast().followedBy(change));
      } else {
        changes.add(change);
      }
    }
    return changes;
  }

  private LineChange followedBy(LineChange next) {
    var both = new ArrayList<>(lines);
    both.addAll(next.lines);
    return new LineChange(start, next.end, both);
  }
}
