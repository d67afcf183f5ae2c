package dev.homeport.search.gram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.regex.RegexSyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GramFilterTest {
  private static final List<Set<Option>> OPTIONS =
      List.of(
          Set.of(),
          Set.of(Option.IGNORE_CASE),
          Set.of(Option.NEWLINES),
          Set.of(Option.NEWLINES, Option.DOT_ALL, Option.IGNORE_CASE),
          Set.of(Option.LITERAL),
          Set.of(Option.LITERAL, Option.IGNORE_CASE));

  private static GramFilter filter(String pattern, Option... options) throws RegexSyntaxException {
    var set = EnumSet.noneOf(Option.class);
    set.addAll(List.of(options));
    return GramFilter.of(CompiledPattern.compile(pattern, set));
  }

  private static boolean accepts(String pattern, String text, Option... options)
      throws RegexSyntaxException {
    return filter(pattern, options).query().accepts(TextGrams.of(text.getBytes(UTF_8)));
  }

  @Test
  void asksForEachTrigramOfALiteral() throws Exception {
    assertThat(filter("abcd").query())
        .isEqualTo(TrigramQuery.and(List.of(gram("abc"), gram("bcd"))));
    assertThat(accepts("mutex_lock", "a mutex_lock()")).isTrue();
    assertThat(accepts("mutex_lock", "a mutex_unlock()")).isFalse();
  }

  private static TrigramQuery gram(String text) {
    return new TrigramQuery.Gram(text.charAt(0) << 16 | text.charAt(1) << 8 | text.charAt(2));
  }

  @Test
  void saysNothingOfPatternsWithoutThreeBytesInARow() throws Exception {
    for (String pattern :
        List.of(
            "", "qq", "a.b", "\\w+", "a|bcd", "(abc)?", "(abc)*", "^$", "[0-9a-f]{32}", "x{0}")) {
      assertThat(filter(pattern).isOpen()).as(pattern).isTrue();
    }
  }

  @Test
  void knowsThatNothingMatchesAnEmptyClass() throws Exception {
    assertThat(filter("abc[a&&b]").query()).isEqualTo(new TrigramQuery.None());
    assertThat(filter("abc[a&&b]?").query()).isEqualTo(gram("abc"));
  }

  @Test
  void keepsBranchesApart() throws Exception {
    assertThat(accepts("(read|write)_lock", "read_lock")).isTrue();
    assertThat(accepts("(read|write)_lock", "write_lock")).isTrue();
    assertThat(accepts("(read|write)_lock", "rite_lock reader")).isFalse();
    assertThat(accepts("foo\\w+bar|baz\\w+qux", "foo qux")).isFalse();
  }

  @Test
  void looksAcrossSmallClassesAndRepetitions() throws Exception {
    assertThat(accepts("0x[0-9A-F]{8}UL", "0xDEADBEEFUL")).isTrue();
    assertThat(accepts("0x[0-9A-F]{8}UL", "0xg 8UL")).isFalse();
    assertThat(accepts("(ab){5}", "ab ab ba")).isFalse();
    assertThat(accepts("colou?r", "color")).isTrue();
    assertThat(accepts("colou?r", "cool our")).isFalse();
  }

  @Test
  void foldsCaseOverWholeOrbits() throws Exception {
    assertThat(accepts("task", "TA\u017F\u212A", Option.IGNORE_CASE)).isTrue();
    assertThat(accepts("müller", "MÜLLER", Option.IGNORE_CASE)).isTrue();
    assertThat(accepts("deadlock", "DeadLocX", Option.IGNORE_CASE)).isFalse();
  }

  @Test
  void holdsForFilesWhereMatchesCrossLines() throws Exception {
    assertThat(filter("abc\\ndef", Option.NEWLINES).perFile()).isTrue();
    assertThat(filter("abc", Option.NEWLINES).perFile()).isFalse();
    assertThat(accepts("abc\\ndef", "def\nabc", Option.NEWLINES)).isTrue();
    assertThat(accepts("abc\\ndef", "abc", Option.NEWLINES)).isFalse();
  }

  @Test
  void boundsTheSizeForLongPatterns() throws Exception {
    String words = "someword ".repeat(5_000);
    assertThat(filter(words, Option.LITERAL, Option.IGNORE_CASE).query().size())
        .isBetween(1, 2 * TrigramQuery.LIMIT);
    var branches = new StringBuilder("zero");
    for (int i = 0; i < 6_000; i++) {
      branches.append("|w").append(i * 7_919L);
    }
    assertThat(filter(branches.toString()).query().size())
        .isLessThanOrEqualTo(2 * TrigramQuery.LIMIT);
  }

  /// Whatever the real engine finds, the trigrams of the text allow it.
  @Test
  void neverRejectsATextThatMatches() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var patterns = new RandomPattern(random);
    int matches = 0;
    int rejected = 0;
    for (int i = 0; i < 8_000; i++) {
      String source = patterns.next();
      Set<Option> options = OPTIONS.get(random.nextInt(OPTIONS.size()));
      CompiledPattern pattern;
      try {
        pattern = CompiledPattern.compile(source, options);
      } catch (RegexSyntaxException e) {
        continue;
      }
      String core = options.contains(Option.LITERAL) ? source : patterns.text();
      if (random.nextInt(3) == 0 && !core.isEmpty()) {
        core = core.substring(1 + random.nextInt(core.length())) + core;
        core = core.substring(0, core.length() - 1);
      }
      byte[] text = TextGrams.surrounded(core, random);
      boolean accepted = GramFilter.of(pattern).query().accepts(TextGrams.of(text));
      boolean found = pattern.search(text, 0, text.length).find();
      matches += found ? 1 : 0;
      rejected += accepted ? 0 : 1;
      assertThat(accepted || !found)
          .as("seed %d, round %d: %s %s in %s", seed, i, source, options, new String(text, UTF_8))
          .isTrue();
    }

    assertThat(matches).as("seed %d", seed).isGreaterThan(2_000);
    assertThat(rejected).as("seed %d", seed).isGreaterThan(100);
  }
}
