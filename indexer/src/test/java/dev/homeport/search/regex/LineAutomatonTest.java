package dev.homeport.search.regex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.gram.RandomPattern;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineAutomatonTest {
  private static Optional<LineAutomaton> of(String pattern, byte[] text) throws Exception {
    return CompiledPattern.compile(pattern, Set.of()).lines(text, 0, text.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void comesToTheFirstLineThatMatches() throws Exception {
    byte[] text = ascii("id_12\nid_\n1234\nid_1234 x\n");

    assertThat(of("\\w+_\\d{4}", text).orElseThrow().find(text, 0, text.length)).isEqualTo(21);
  }

  @Test
  void seesNoMatchAcrossLines() throws Exception {
    byte[] text = ascii("a\nb\n");

    assertThat(of("a[^x]*b", text).orElseThrow().find(text, 0, text.length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"^a", "a\\b", "x*", "(a|b){1,100}c", "[a-z]+.{60}[0-9]{60}"})
  void isNotMadeOfPatternsThatNeedMore(String pattern) throws Exception {
    assertThat(of(pattern, ascii("a\n"))).isEmpty();
  }

  @Test
  void isNotForOtherText() throws Exception {
    assertThat(of("a[0-9]", "ä\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void agreesWithTheEngine() throws Exception {
    var random = new Random(11);
    var patterns = new RandomPattern(random);
    int compared = 0;
    for (int i = 0; i < 15_000; i++) {
      String pattern = patterns.next();
      Optional<CompiledPattern> compiled = RandomPattern.compile(pattern);
      var line = new StringBuilder(patterns.text().replaceAll("[^ -~]", ""));
      for (int c = random.nextInt(12); c > 0; c--) {
        line.append("abcAB_01 .".charAt(random.nextInt(10)));
      }
      byte[] text = ascii(line.append('\n').toString());
      if (compiled.isEmpty()) {
        continue;
      }
      Optional<LineAutomaton> automaton = compiled.get().lines(text, 0, text.length);
      if (automaton.isPresent()) {
        compared++;
        MatchCursor cursor = compiled.get().search(text, 0, text.length);
        boolean matches = cursor.find() && cursor.start() < text.length;
        assertThat(automaton.get().find(text, 0, text.length) >= 0)
            .as("%s in %s", pattern, line)
            .isEqualTo(matches);
      }
    }
    assertThat(compared).isGreaterThan(500);
  }
}
