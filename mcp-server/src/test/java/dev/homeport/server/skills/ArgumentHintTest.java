package dev.homeport.server.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentHintTest {
  @Test
  void proposesTheChoicesOfAPlace() {
    String hint = "[create|delete] <name> [fast|slow]";

    assertThat(after(hint, "")).containsExactly("create", "delete");
    assertThat(after(hint, "create ")).isEmpty();
    assertThat(after(hint, "create tea ")).containsExactly("create tea fast", "create tea slow");
    assertThat(after(hint, "destroy tea ")).isEmpty();
    assertThat(after(hint, "create tea fast ")).isEmpty();
  }

  @Test
  void proposesTheFirstWordsOfAlternatives() {
    String hint = "add [tagId] | remove [all|tagId] | list";

    assertThat(after(hint, "re")).containsExactly("add", "remove", "list");
    assertThat(after(hint, "remove ")).containsExactly("remove all", "remove tagId");
    assertThat(after(hint, "list ")).isEmpty();
    assertThat(after("fast|slow", "")).containsExactly("fast", "slow");
  }

  @Test
  void proposesOptionsAndTheirValues() {
    String hint = "[topic] [--model u2|u1] [--dry-run]";

    assertThat(after(hint, "tea -")).containsExactly("tea --model", "tea --dry-run");
    assertThat(after(hint, "tea --model ")).containsExactly("tea --model u2", "tea --model u1");
    assertThat(after(hint, "tea --dry-run --")).containsExactly("tea --dry-run --model");
  }

  @Test
  void takesALabelForNoChoice() {
    assertThat(after("[subcommand: ingest|query]", "")).containsExactly("ingest", "query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[issue-number]",
        "<required> or [optional] (if it takes any)",
        "[a sentence | another sentence]",
        "[[[",
        "]|[",
        "||",
        "--",
        "[关键词]"
      })
  void proposesNothingWhereAnyWordMayStand(String hint) {
    assertThat(after(hint, "")).isEmpty();
    assertThat(after(hint, "a b ")).isEmpty();
  }

  private static List<String> after(String hint, String typed) {
    return ArgumentHint.of(hint).continuations(typed);
  }
}
