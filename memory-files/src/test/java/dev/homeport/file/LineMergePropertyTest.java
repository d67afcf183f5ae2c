package dev.homeport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.FileOutcome.Overlap;
import dev.homeport.file.LineMerge.Merged;
import dev.homeport.file.LineMerge.Overlapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every merge, on random texts. The seed is in each message.
class LineMergePropertyTest {
  private static final int RUNS = 3_000;

  private final long start = System.nanoTime();

  private interface Property {
    void check(RandomGenerator random);
  }

  private void forEachSeed(Property property) {
    for (long seed = start; seed < start + RUNS; seed++) {
      try {
        property.check(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void disjointEditsAreBothApplied() {
    forEachSeed(random -> {
      RandomEdits edits = RandomEdits.disjoint(random);
      var all = new ArrayList<>(edits.theirs());
      all.addAll(edits.mine());
      all.sort(Comparator.comparingInt(LineChange::start));
      var expected = new Merged(edits.apply(all));

      assertThat(LineMerge.of(edits.baseText(), edits.theirText(), edits.myText()))
          .isEqualTo(expected);
      assertThat(LineMerge.of(edits.baseText(), edits.myText(), edits.theirText()))
          .isEqualTo(expected);
    });
  }

  @Test
  void successLosesNoLineOfEitherSideAndKeepsNoneThatOneTookAway() {
    var outcomes = new HashSet<Class<?>>();
    forEachSeed(random -> {
      RandomEdits edits = RandomEdits.independent(random);
      LineMerge merge = LineMerge.of(edits.baseText(), edits.theirText(), edits.myText());
      outcomes.add(merge.getClass());
      if (merge instanceof Merged(String text)) {
        Set<String> base = lines(edits.baseText());
        Set<String> theirs = lines(edits.theirText());
        Set<String> mine = lines(edits.myText());
        var expected = new HashSet<>(theirs);
        expected.addAll(mine);
        expected.removeIf(
            line -> base.contains(line) && !(theirs.contains(line) && mine.contains(line)));
        assertThat(lines(text)).isEqualTo(expected);
      }
    });
    assertThat(outcomes).containsExactlyInAnyOrder(Merged.class, Overlapping.class);
  }

  private static Set<String> lines(String text) {
    return new HashSet<>(Arrays.asList(text.split("(?<=\n)", -1)));
  }

  @Test
  void theSidesCanBeSwapped() {
    forEachSeed(random -> {
      RandomEdits edits = RandomEdits.independent(random);

      LineMerge merge = LineMerge.of(edits.baseText(), edits.theirText(), edits.myText());
      LineMerge swapped = LineMerge.of(edits.baseText(), edits.myText(), edits.theirText());

      assertThat(swapped).isEqualTo(swap(merge));
    });
  }

  private static LineMerge swap(LineMerge merge) {
    return switch (merge) {
      case Overlapping(List<Overlap> overlaps) ->
          new Overlapping(
              overlaps.stream().map(o -> new Overlap(o.base(), o.mine(), o.theirs())).toList());
      case Merged same -> same;
      case LineMerge.TooLarge same -> same;
    };
  }

  @Test
  void mergesTextsOfFewDifferentLinesLikeAnyOther() {
    forEachSeed(random -> {
      String base = fewLines(random);
      String theirs = fewLines(random);
      String mine = fewLines(random);

      assertThat(LineMerge.of(base, base, mine)).isEqualTo(new Merged(mine));
      assertThat(LineMerge.of(base, theirs, base)).isEqualTo(new Merged(theirs));
      assertThat(LineMerge.of(base, mine, mine)).isEqualTo(new Merged(mine));
      assertThat(LineMerge.of(base, mine, theirs))
          .isEqualTo(swap(LineMerge.of(base, theirs, mine)));
    });
  }

  private static String fewLines(RandomGenerator random) {
    var text = new StringBuilder();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(3))).append('\n');
    }
    return text.toString();
  }
}
