package dev.homeport.skills.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "010, 10",
    "0o17, 15",
    "0x1F, 31",
    "+12, 12",
    "1e3, 1000",
    "-0, 0",
    "99, 99"
  })
  void readsWholeNumbers(String text, long number) {
    assertThat(value(text)).isEqualTo(number);
  }

  @Test
  void readsFractions() {
    assertThat(value("1.10")).isEqualTo(1.1);
    assertThat(value(".5")).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1_000",
        "yes",
        "on",
        "12:30",
        "2026-01-01",
        "2026-01-01T10:00:00Z",
        "0b1",
        ".inf",
        ".nan"
      })
  void readsTheRestAsText(String text) {
    assertThat(value(text)).isEqualTo(text);
  }

  @Test
  void readsBooleansAndNull() {
    assertThat(value("True")).isEqualTo(true);
    assertThat(value("TRUE")).isEqualTo(true);
    assertThat(value("false")).isEqualTo(false);
    for (String text : new String[] {"~", "Null", "null", ""}) {
      assertThat(value(text)).isNull();
    }
  }

  @Test
  void keepsQuotedAndTaggedScalarsAsText() {
    assertThat(value("'1.0'")).isEqualTo("1.0");
    assertThat(value("\"true\"")).isEqualTo("true");
    assertThat(value("!!int 12")).isEqualTo("12");
    assertThat(value("!unknown x")).isEqualTo("x");
  }

  @Test
  void keepsHowAScalarWasWritten() {
    Yaml version = mapping("version: 1.10").get("version");

    assertThat(version).isEqualTo(new Yaml.Scalar("1.10", 1.1));
  }

  @Test
  void takesTheMergeKeyAsAPlainKey() {
    assertThat(mapping("<<: {a: 1}").toJson()).isEqualTo(Map.of("<<", Map.of("a", 1L)));
  }

  @Test
  void readsBlocksAndCollectionsInOrder() {
    var mapping = mapping("b: |\n  one\n  two\na: >-\n  one\n  two\nc: [1, x]\n");

    assertThat(mapping.toJsonMap())
        .containsExactly(
            Map.entry("b", "one\ntwo\n"),
            Map.entry("a", "one two"),
            Map.entry("c", List.of(1L, "x")));
  }

  @Test
  void reportsDuplicateKeysAndTakesTheLast() {
    var read = (YamlReader.Outcome.Read) YamlReader.read("a: 1\nb: 2\na: 3\n");

    assertThat(read.duplicateKeys()).containsExactly("a");
    assertThat(read.value().orElseThrow().toJson()).isEqualTo(Map.of("a", 3L, "b", 2L));
  }

  @Test
  void followsAliases() {
    assertThat(mapping("a: &x [1]\nb: *x\n").toJson())
        .isEqualTo(Map.of("a", List.of(1L), "b", List.of(1L)));
  }

  @Test
  void survivesTextsMadeToExhaustIt() {
    var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", alias, alias, alias, alias)));
      laughs.append(
          "b%d: [%s, %s, %s, %s, %s, %s]%n".formatted(i, alias, alias, alias, alias, alias, alias));
    }
    for (String text :
        List.of(
            "a: " + "[".repeat(60_000),
            "- ".repeat(30_000) + "x",
            "a: &x [*x]\n",
            laughs.toString(),
            "? [a]\n: b\n",
            "a: 1\n---\nb: 2\n",
            "[invalid",
            "a: \"unclosed",
            "\tb: 1")) {
      assertThat(YamlReader.read(text)).isInstanceOf(YamlReader.Outcome.Unreadable.class);
    }
  }

  @Test
  void findsNothingInNothing() {
    for (String text : Arrays.asList("", "\n\n", "# only a comment\n")) {
      assertThat(YamlReader.read(text))
          .isInstanceOfSatisfying(
              YamlReader.Outcome.Read.class, read -> assertThat(read.value()).isEmpty());
    }
  }

  private static @Nullable Object value(String text) {
    return mapping("key: " + text + "\n").toJsonMap().get("key");
  }

  private static Yaml.Mapping mapping(String text) {
    var read = (YamlReader.Outcome.Read) YamlReader.read(text);
    return (Yaml.Mapping) read.value().orElseThrow();
  }
}
