package dev.homeport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.FileOutcome.Overlap;
import dev.homeport.file.FileOutcome.Overlap.Part;
import dev.homeport.file.LineMerge.Merged;
import dev.homeport.file.LineMerge.Overlapping;
import dev.homeport.file.LineMerge.TooLarge;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineMergeTest {
  private static final String BASE = "1\n2\n3\n4\n5\n";

  private static String merged(String base, String theirs, String mine) {
    LineMerge merge = LineMerge.of(base, theirs, mine);
    assertThat(merge).isInstanceOf(Merged.class);
    return ((Merged) merge).text();
  }

  private static List<Overlap> overlaps(String base, String theirs, String mine) {
    LineMerge merge = LineMerge.of(base, theirs, mine);
    assertThat(merge).isInstanceOf(Overlapping.class);
    return ((Overlapping) merge).overlaps();
  }

  @Test
  void joinsChangesWithAnUnchangedLineBetweenThem() {
    assertThat(merged(BASE, "1\nB\n3\n4\n5\n", "1\n2\n3\nD\n5\n")).isEqualTo("1\nB\n3\nD\n5\n");
    assertThat(merged(BASE, "0\n1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5\n6\n"))
        .isEqualTo("0\n1\n2\n3\n4\n5\n6\n");
    assertThat(merged(BASE, "2\n3\n4\n5\n", "1\n2\n3\n4\n")).isEqualTo("2\n3\n4\n");
  }

  @Test
  void takesTheOtherSideWhereOnlyOneChanged() {
    assertThat(merged(BASE, BASE, "x\n")).isEqualTo("x\n");
    assertThat(merged(BASE, "", BASE)).isEmpty();
    assertThat(merged("", "x", "")).isEqualTo("x");
  }

  @Test
  void takesTheSameChangeOnce() {
    assertThat(merged(BASE, "1\nB\n3\n4\n5\nx\n", "1\nB\n3\n4\n5\nx\n"))
        .isEqualTo("1\nB\n3\n4\n5\nx\n");
    assertThat(merged(BASE, "1\n3\n4\nE\n", "1\n3\n4\n5\n")).isEqualTo("1\n3\n4\nE\n");
  }

  @Test
  void adjacentChangesOverlap() {
    assertThat(overlaps(BASE, "1\nB\n3\n4\n5\n", "1\n2\nC\n4\n5\n"))
        .containsExactly(
            new Overlap(
                new Part(2, 2, "2\n3\n"), new Part(2, 2, "B\n3\n"), new Part(2, 2, "2\nC\n")));
    assertThat(overlaps(BASE, "1\nB\n3\n4\n5\n", "1\n2\nx\n3\n4\n5\n")).hasSize(1);
    assertThat(overlaps(BASE, "1\nx\n2\n3\n4\n5\n", "1\nB\n3\n4\n5\n")).hasSize(1);
  }

  @Test
  void insertionsAtOnePlaceOverlapUnlessTheyAreTheSame() {
    assertThat(overlaps(BASE, "1\nx\n2\n3\n4\n5\n", "1\ny\n2\n3\n4\n5\n"))
        .containsExactly(
            new Overlap(new Part(2, 0, ""), new Part(2, 1, "x\n"), new Part(2, 1, "y\n")));
    assertThat(merged(BASE, "1\nx\n2\n3\n4\n5\n", "1\nx\n2\n3\n4\n5\n"))
        .isEqualTo("1\nx\n2\n3\n4\n5\n");
    assertThat(overlaps("", "x\n", "y\n")).hasSize(1);
  }

  @Test
  void aDeletionAndAChangeOfTheSameLineOverlap() {
    assertThat(overlaps(BASE, "1\n3\n4\n5\n", "1\nB\n3\n4\n5\n"))
        .containsExactly(
            new Overlap(new Part(2, 1, "2\n"), new Part(2, 0, ""), new Part(2, 1, "B\n")));
  }

  @Test
  void countsLinesInEachTextForItself() {
    assertThat(overlaps(BASE, "0\n0\n1\n2\n3\nD\n5\n", "2\n3\nd\n5\n"))
        .containsExactly(
            new Overlap(new Part(1, 1, "1\n"), new Part(1, 3, "0\n0\n1\n"), new Part(1, 0, "")),
            new Overlap(new Part(4, 1, "4\n"), new Part(6, 1, "D\n"), new Part(3, 1, "d\n")));
  }

  @Test
  void changesOfOneSideThatTheOtherSpansOverlapAsOne() {
    assertThat(overlaps(BASE, "1\nB\n3\nD\n5\n", "1\nx\n5\n"))
        .containsExactly(
            new Overlap(
                new Part(2, 3, "2\n3\n4\n"), new Part(2, 3, "B\n3\nD\n"), new Part(2, 1, "x\n")));
  }

  @Test
  void keepsEachByteOfALine() {
    String base = "\uFEFFone\r\ntwo\u2028still two\r\nthree\rstill three\n\nfour";

    assertThat(merged(base, base.replace("one", "1"), base.replace("\nfour", "\n4")))
        .isEqualTo("\uFEFF1\r\ntwo\u2028still two\r\nthree\rstill three\n\n4");
    assertThat(merged(base, base.replace("one\r\n", "one\n"), base.replace("four", "four\n")))
        .isEqualTo("\uFEFFone\ntwo\u2028still two\r\nthree\rstill three\n\nfour\n");
  }

  @Test
  void aMissingLastNewlineIsPartOfTheLine() {
    assertThat(overlaps("a\nb", "a\nb\n", "a\nb\nc")).hasSize(1);
    assertThat(merged("a\nb\n", "A\nb\n", "a\nb\nc")).isEqualTo("A\nb\nc");
  }

  @Test
  void givesUpOnWhatDiffersTooMuch() {
    String base = lines(10_002, "x");

    assertThat(LineMerge.of(base, lines(10_002, "y"), base)).isEqualTo(new TooLarge());
    assertThat(merged(base, "first\n" + base, base + "last\n"))
        .isEqualTo("first\n" + base + "last\n");
  }

  private static String lines(int count, String word) {
    return IntStream.range(0, count).mapToObj(i -> word + i + "\n").collect(Collectors.joining());
  }
}
