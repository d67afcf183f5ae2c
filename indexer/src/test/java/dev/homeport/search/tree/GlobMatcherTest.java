package dev.homeport.search.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safere.Pattern;

class GlobMatcherTest {
  private static final List<String> PARTS =
      List.of(
          "**", "**", "*", "a", "b", "ab", "*.c", "a*", "*b", "?", "{a,b}", "*.{c,h}", "a.c",
          "a*.c", "?.[ch]", "[!a].c", "[]a]b", "[!]a]b*", "*b.[^h]", "b\\.c");
  private static final List<String> NAMES =
      List.of("a", "b", "ab", "a.c", "b.c", "a.h", ".c", "ba", "]b", "bb", "ab.c");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "**/a",
        "**/*.c",
        "**/a*",
        "a/b/**",
        "a/**/b",
        "a/b/**/*.c",
        "a/**/b*",
        "a/**/*.{c,h}"
      })
  void needsNoExpressionForTheCommonestShapes(String glob) throws Exception {
    assertThat(GlobMatcher.compile(glob, false)).isNotInstanceOf(GlobMatcher.Expression.class);
  }

  @Test
  void matchesWhatTheExpressionOfTheGlobMatches() throws Exception {
    var random = new Random(7);
    Set<Class<?>> seen = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      String glob = path(random, PARTS);
      GlobMatcher matcher = GlobMatcher.compile(glob, false);
      seen.add(matcher.getClass());
      var expression =
          new GlobMatcher.Expression(
              "", Pattern.compile(GlobTranslator.translate(glob), Pattern.DOTALL));
      for (int j = 0; j < 60; j++) {
        String path = path(random, NAMES);
        assertThat(matcher.matches(path))
            .as("%s matches %s", glob, path)
            .isEqualTo(expression.matches(path));
      }
    }
    assertThat(seen).hasSameSizeAs(GlobMatcher.class.getPermittedSubclasses());
  }

  private static String path(Random random, List<String> parts) {
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(_ -> parts.get(random.nextInt(parts.size())))
        .collect(Collectors.joining("/"));
  }
}
