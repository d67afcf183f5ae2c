package dev.homeport.skills.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleRequestsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use when the user says 'what can you do', or is lost.",
        "Use when the user says \"what can you do\".",
        "Use for “what can you do” (and more)",
        "Use for (‘what can you do’)",
        "\"what can you do\" and the like",
        "Not for tea. The user's words: 'what can you do'"
      })
  void findsTheRequestsThatADescriptionQuotes(String description) {
    assertThat(of(description).phrases()).containsExactly(List.of("what", "can", "you", "do"));
  }

  @Test
  void takesAnApostropheForNoQuote() {
    assertThat(of("Don't touch the user's files or the others' files").phrases()).isEmpty();
    assertThat(of("asks 'what's it'").phrases()).containsExactly(List.of("what", "s", "it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "''", "a 'b", "a \"b\nc\" d", "say 'one' word"})
  void findsNoneWhereNoRequestIsQuoted(String description) {
    assertThat(of(description).phrases()).isEmpty();
  }

  @Test
  void takesNoLongTextForARequest() {
    assertThat(of("'" + "a long story ".repeat(20) + "'").phrases()).isEmpty();
  }

  @Test
  void weighsTheWeightiestPhraseOfAQuestion() {
    ExampleRequests requests = of("'build a pipeline', 'a pipeline', 'what can you do'");

    assertThat(weight(requests, "how do I build a data pipeline?")).isEqualTo(3);
    assertThat(weight(requests, "a big pipeline")).isEqualTo(2);
    assertThat(weight(requests, "pipeline: a build")).isZero();
    assertThat(weight(requests, "build something, then a good pipeline")).isEqualTo(2);
    assertThat(weight(requests, "What can you do?")).isEqualTo(4);
  }

  @Test
  void survivesAnything() {
    var random = new Random(5);
    String characters = "ab \"'`“”‘’\n.";
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }

      ExampleRequests requests = of(text.toString());

      assertThat(requests.phrases()).allSatisfy(phrase -> assertThat(phrase).hasSizeGreaterThan(1));
      assertThat(weight(requests, text.toString())).isNotNegative();
    }
  }

  private static ExampleRequests of(String description) {
    return ExampleRequests.of(List.of(description));
  }

  private static double weight(ExampleRequests requests, String question) {
    return requests.heaviest(Terms.sequence(question), _ -> 1);
  }
}
