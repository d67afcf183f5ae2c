package dev.homeport.file;

import dev.homeport.file.FileOutcome.Overlap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes of two texts that were both made from a third one, merged line by line.
///
/// A line ends behind its `\n`, so line ends, byte order marks and a missing last newline stay as
/// they are. What both sides changed in the same way is taken once. Changes that touch, without an
/// unchanged line between them, overlap unless they are the same.
sealed interface LineMerge {
  /// Both sides' changes fit together.
  record Merged(String text) implements LineMerge {}

  /// Both sides changed the same lines.
  record Overlapping(List<Overlap> overlaps) implements LineMerge {}

  /// The texts differ too much to be compared.
  record TooLarge() implements LineMerge {}

  /// Merges two texts.
  ///
  /// @param base what both were made from
  static LineMerge of(String base, String theirs, String mine) {
    List<String> lines = lines(base);
    Optional<List<LineChange>> theirChanges = LineChange.between(lines, lines(theirs));
    Optional<List<LineChange>> myChanges = LineChange.between(lines, lines(mine));
    return theirChanges.isPresent() && myChanges.isPresent()
        ? new Merging(lines, theirChanges.get(), myChanges.get()).run()
        : new TooLarge();
  }

  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  /// One merge while it goes on.
  final class Merging {
    private final List<String> base;
    private final Side theirs;
    private final Side mine;
    private final StringBuilder merged = new StringBuilder();
    private final List<Overlap> overlaps = new ArrayList<>();

    private Merging(List<String> base, List<LineChange> theirs, List<LineChange> mine) {
      this.base = base;
      this.theirs = new Side(theirs);
      this.mine = new Side(mine);
    }

    private LineMerge run() {
      int done = 0;
      while (theirs.hasNext() || mine.hasNext()) {
        int start = Math.min(theirs.start(), mine.start());
        int end = gather(start);
        base.subList(done, start).forEach(merged::append);
        add(start, end);
        done = end;
      }
      base.subList(done, base.size()).forEach(merged::append);
      return overlaps.isEmpty() ? new Merged(merged.toString()) : new Overlapping(overlaps);
    }

    /// Takes the changes of both sides that touch one another; returns where the last one ends.
    private int gather(int start) {
      int end = start;
      boolean isMore = true;
      while (isMore) {
        int before = end;
        end = mine.gather(theirs.gather(end));
        isMore = end > before;
      }
      return end;
    }

    private void add(int start, int end) {
      List<String> their = theirs.apply(base, start, end);
      List<String> my = mine.apply(base, start, end);
      if (mine.isUntouched() || their.equals(my)) {
        their.forEach(merged::append);
      } else if (theirs.isUntouched()) {
        my.forEach(merged::append);
      } else {
        overlaps.add(
            new Overlap(
                part(start, base.subList(start, end)),
                part(start + theirs.shift, their),
                part(start + mine.shift, my)));
      }
      theirs.next();
      mine.next();
    }

    private static Overlap.Part part(int start, List<String> lines) {
      return new Overlap.Part(start + 1, lines.size(), String.join("", lines));
    }
  }

  /// The changes of one side; some of them gathered into the region that is being merged.
  final class Side {
    private final List<LineChange> changes;
    private int first;
    private int behind;
    private int shift;

    private Side(List<LineChange> changes) {
      this.changes = changes;
    }

    private boolean hasNext() {
      return behind < changes.size();
    }

    private int start() {
      return hasNext() ? changes.get(behind).start() : Integer.MAX_VALUE;
    }

    private int gather(int end) {
      int last = end;
      while (start() <= last) {
        last = Math.max(last, changes.get(behind).end());
        behind++;
      }
      return last;
    }

    private boolean isUntouched() {
      return first == behind;
    }

    /// The region as this side has it.
    private List<String> apply(List<String> base, int start, int end) {
      var lines = new ArrayList<String>();
      int done = start;
      for (LineChange change : changes.subList(first, behind)) {
        lines.addAll(base.subList(done, change.start()));
        lines.addAll(change.lines());
        done = change.end();
      }
      lines.addAll(base.subList(done, end));
      return lines;
    }

    private void next() {
      for (LineChange change : changes.subList(first, behind)) {
        shift += change.growth();
      }
      first = behind;
    }
  }
}
