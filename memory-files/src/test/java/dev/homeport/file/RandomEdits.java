package dev.homeport.file;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A random text and two random changes of it.
///
/// @param base lines with their ends, each unlike any other
/// @param theirs edits of one side, from the top down
/// @param mine edits of the other side
record RandomEdits(List<String> base, List<LineChange> theirs, List<LineChange> mine) {
  private static final List<String> ENDS = List.of("\n", "\n", "\r\n", "\r\r\n", "\u2028\n");

  /// Edits with an unchanged line between any two.
  static RandomEdits disjoint(RandomGenerator random) {
    List<String> base = text(random);
    var theirs = new ArrayList<LineChange>();
    var mine = new ArrayList<LineChange>();
    int start = random.nextInt(4);
    while (start <= base.size()) {
      LineChange edit = edit(random, base, start);
      (random.nextBoolean() ? theirs : mine).add(edit);
      start = edit.end() + 1 + random.nextInt(6);
    }
    return new RandomEdits(base, theirs, mine);
  }

  /// Edits of which each side knows nothing of the other's.
  static RandomEdits independent(RandomGenerator random) {
    List<String> base = text(random);
    return new RandomEdits(base, side(random, base), side(random, base));
  }

  private static List<LineChange> side(RandomGenerator random, List<String> base) {
    var edits = new ArrayList<LineChange>();
    int start = random.nextInt(10);
    while (start <= base.size()) {
      LineChange edit = edit(random, base, start);
      edits.add(edit);
      start = edit.end() + 1 + random.nextInt(12);
    }
    return edits;
  }

  private static List<String> text(RandomGenerator random) {
    var lines = new ArrayList<String>();
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      lines.add("line " + i + end(random));
    }
    return lines;
  }

  private static String end(RandomGenerator random) {
    return ENDS.get(random.nextInt(ENDS.size()));
  }

  /// Few words, so that both sides sometimes write the same.
  private static LineChange edit(RandomGenerator random, List<String> base, int start) {
    int removed = random.nextInt(Math.min(4, base.size() - start + 1));
    int added = random.nextInt(removed == 0 ? 1 : 0, 4);
    var lines = new ArrayList<String>();
    for (int i = 0; i < added; i++) {
      lines.add("new " + start + "." + i + "." + random.nextInt(3) + end(random));
    }
    return new LineChange(start, start + removed, lines);
  }

  String baseText() {
    return String.join("", base);
  }

  String theirText() {
    return apply(theirs);
  }

  String myText() {
    return apply(mine);
  }

  /// The base after edits that do not touch.
  String apply(List<LineChange> edits) {
    var text = new StringBuilder();
    int done = 0;
    for (LineChange edit : edits) {
      base.subList(done, edit.start()).forEach(text::append);
      edit.lines().forEach(text::append);
      done = edit.end();
    }
    base.subList(done, base.size()).forEach(text::append);
    return text.toString();
  }
}
