package dev.homeport.skills.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
  @Test
  void splitsIdentifiers() {
    assertThat(Terms.of("parseHTMLPage")).containsExactly("pars", "html", "pag", "parsehtmlpag");
    assertThat(Terms.of("snake_case-name v2.1"))
        .containsExactly("snak", "cas", "nam", "v", "2", "1");
  }

  @Test
  void keepsWordsWithCapitalsInsideAsAWholeToo() {
    assertThat(Terms.of("GitHub")).containsExactly("git", "hub", "github");
    assertThat(Terms.of("ÜberGröße")).containsExactly("über", "größe", "übergröße");
    assertThat(Terms.sequence("Ask GitHub about API2")).endsWith("github", "about", "api", "2");
    assertThat(Terms.words("BigQuery"))
        .containsExactly(new Terms.Word("bigquery", List.of("big", "query")));
  }

  @Test
  void writesCommonAbbreviationsOut() {
    assertThat(Terms.of("docs of the DB")).isEqualTo(Terms.of("documentation of a database"));
  }

  @Test
  void leavesOutWordsThatSayNothing() {
    assertThat(Terms.of("Please help me to use this!")).isEmpty();
  }

  @Test
  void pairsIdeographs() {
    assertThat(Terms.of("翻译PDF")).containsExactly("翻译", "译", "pdf");
  }

  @Test
  void survivesAnything() {
    assertThat(Terms.of("")).isEmpty();
    assertThat(Terms.of("\uD800 \0 --- …")).isEmpty();
    assertThat(Terms.of("x".repeat(100_000))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "rounded, rounding",
    "invoices, invoice",
    "running, run",
    "debugging, debug",
    "deployment, deploy",
    "migration, migrate",
    "validation, validate",
    "queries, query",
    "boxes, box",
    "fixes, fixing",
    "notes, note",
    "released, release",
    "classes, class",
    "generator, generation",
    "connector, connect",
    "executors, execute",
    "refactoring, refactor",
    "monitoring, monitor",
  })
  void bringsTheFormsOfAWordTogether(String one, String other) {
    assertThat(Stemmer.stem(one)).isEqualTo(Stemmer.stem(other));
  }

  @ParameterizedTest
  @CsvSource({
    "status, stat",
    "string, str",
    "class, clas",
    "redis, red",
    "nation, nat",
    "vector, vect"
  })
  void keepsDifferentWordsApart(String one, String other) {
    assertThat(Stemmer.stem(one)).isNotEqualTo(Stemmer.stem(other));
  }

  /// Texts of ASCII take a way of their own; one more character takes them the general way.
  @Test
  void cutsAsciiAsItCutsAnyText() {
    var random = new java.util.Random(11);
    String characters = "abcXYZ019 _-./\n";
    for (int round = 0; round < 2_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }

      assertThat(Terms.of(text + " §")).isEqualTo(Terms.of(text.toString()));
    }
  }
}
