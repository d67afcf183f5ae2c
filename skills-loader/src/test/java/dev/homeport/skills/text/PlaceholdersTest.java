package dev.homeport.skills.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  @ParameterizedTest
  @CsvSource({
    "all: $ARGUMENTS., all: one 'two words'.",
    "$ARGUMENTS[0]/$ARGUMENTS[1], one/two words",
    "$0 and $1, one and two words",
    "missing $7 after $0, missing $7 after one",
    "$file to $mode$extra., one to two words.",
    "${CLAUDE_SKILL_DIR}/x $0, dir/x one",
    "{baseDir}/x $0, dir/x one",
    "${UNKNOWN} $0, ${UNKNOWN} one",
    "\\$0 is $0, $0 is one",
    "\\$HOME is $0, \\$HOME is one",
    "$HOME $ $$ $0, $HOME $ $$ one",
    "$filename $0, $filename one",
  })
  void fills(String body, String filled) {
    assertThat(placeholders("one 'two words'").fill(body)).isEqualTo(filled);
  }

  @Test
  void appendsArgumentsThatNoPlaceholderTakes() {
    assertThat(placeholders("one").fill("Body in ${CLAUDE_SKILL_DIR}\n"))
        .isEqualTo("Body in dir\n\nARGUMENTS: one\n");
    assertThat(placeholders("").fill("Body\n")).isEqualTo("Body\n");
  }

  @Test
  void emptiesAllArgumentsWhenThereAreNone() {
    assertThat(placeholders("").fill("[$ARGUMENTS] [$0] [$file]")).isEqualTo("[] [$0] []");
  }

  @Test
  void neverScansAValueAgain() {
    assertThat(placeholders("'$1 $ARGUMENTS ${CLAUDE_SKILL_DIR}' x").fill("$0"))
        .isEqualTo("$1 $ARGUMENTS ${CLAUDE_SKILL_DIR}");
  }

  @Test
  void noticesCommands() {
    assertThat(Placeholders.hasCommands("a !`ls` b")).isTrue();
    assertThat(Placeholders.hasCommands("```!\nls\n```")).isTrue();
    assertThat(Placeholders.hasCommands("Great!`x` and `ls`!")).isFalse();
  }

  private static Placeholders placeholders(String arguments) {
    return new Placeholders(
        List.of("file", "mode", "extra"), arguments, Map.of("CLAUDE_SKILL_DIR", "dir"));
  }
}
