package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordAnalyzerTest {
  private static Set<String> words(String text) throws IOException {
    return Words.count(new WordAnalyzer(RankingPart.ALL), text).keySet();
  }

  private static Set<String> unstemmed(String text) throws IOException {
    var parts = EnumSet.complementOf(EnumSet.of(RankingPart.STEMMING));
    return Words.count(new WordAnalyzer(parts), text).keySet();
  }

  @Test
  void countsIdentifiersWholeAndInTheirParts() throws Exception {
    assertThat(unstemmed("readTimeout_ms"))
        .containsExactly("readtimeout_ms", "read", "timeout", "ms");
    assertThat(unstemmed("HTTPServer2")).containsExactly("httpserver2", "http", "server", "2");
    assertThat(unstemmed("__init__")).containsExactly("__init__", "init");
    assertThat(unstemmed("plain")).containsExactly("plain");
  }

  @Test
  void bringsFormsOfAWordTogether() throws Exception {
    assertThat(words("went going goes")).containsExactly("go", "goe");
    assertThat(words("Rounded rounding")).containsExactly("round");
  }

  @Test
  void cutsIdeographsOneByOne() throws Exception {
    assertThat(unstemmed("港口")).containsExactly("港口", "港", "口");
  }

  @Test
  void leavesOutWordsOfDataAndThoseThatSayNothing() throws Exception {
    assertThat(words("the " + "f00d".repeat(40) + " of harbour")).containsExactly("harbour");
    assertThat(unstemmed("x".repeat(WordTokenizer.MAX_WORD)))
        .containsExactly("x".repeat(WordTokenizer.MAX_WORD));
  }

  @Test
  void findsTheSameWordsWhereverTheBufferEnds() throws Exception {
    long seed = System.nanoTime();
    System.err.println("seed " + seed);
    var random = new Random(seed);
    var text = new StringBuilder();
    var expected = new java.util.HashSet<String>();
    for (int i = 0; i < 5_000; i++) {
      String word = "qx" + Integer.toString(random.nextInt(10_000), 36).replaceAll("[0-9]", "z");
      expected.add(word);
      text.append(word).append(" ".repeat(1 + random.nextInt(3)));
    }

    assertThat(unstemmed(text.toString())).isEqualTo(expected);
  }
}
