package dev.homeport.search.gram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.regex.MatchCursor;
import dev.homeport.search.regex.RegexSyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Any pattern and any text: what the engine finds, the trigrams of the text must allow.
///
/// The first byte of the input says which options are on; the pattern ends at a NUL byte, where the
/// text begins.
class GramFilterFuzzTest {
  private static final int PATTERN_LIMIT = 120;

  @FuzzTest
  void grams(byte[] input) throws RegexSyntaxException {
    int end = input.length == 0 ? 0 : 1;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    if (end == input.length || end > PATTERN_LIMIT) {
      return;
    }
    Set<Option> options = options(input[0]);
    String source = new String(input, 1, end - 1, UTF_8);
    byte[] text = Arrays.copyOfRange(input, end + 1, input.length);
    Optional<CompiledPattern> pattern =
        RandomPattern.compile(source, options.toArray(Option[]::new));
    if (pattern.isEmpty()) {
      return;
    }
    GramFilter filter = GramFilter.of(pattern.get());
    assertThat(filter.query().size()).isLessThanOrEqualTo(2 * TrigramQuery.LIMIT);
    MatchCursor cursor;
    try {
      cursor = pattern.get().search(text, 0, text.length);
    } catch (RegexSyntaxException e) {
      return; // too large for text that is not all ASCII, which the caller is told
    }
    if (!cursor.find()) {
      return;
    }
    assertThat(filter.query().accepts(TextGrams.of(text))).as(source).isTrue();
    if (!filter.perFile() && cursor.start() < text.length) {
      assertThat(filter.query().accepts(TextGrams.of(line(text, cursor.start()))))
          .as(source)
          .isTrue();
    }
  }

  private static Set<Option> options(byte bits) {
    var options = EnumSet.noneOf(Option.class);
    int bit = 1;
    for (Option option : Option.values()) {
      if ((bits & bit) != 0) {
        options.add(option);
      }
      bit <<= 1;
    }
    return options;
  }

  private static byte[] line(byte[] text, int index) {
    int start = index;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    int end = index;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return Arrays.copyOfRange(text, start, end);
  }
}
