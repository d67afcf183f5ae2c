package dev.homeport.skills.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellCommandsTest {
  @Test
  void takesCommandsOutOfABody() {
    var found =
        ShellCommands.in(
            """
            !`git status` and !`date`, not x!`id` or `!`who`
            ```!
            one
            two
            ```
            ```sh
            !`in code`
            ```
            !`` !`open
            """);

    assertThat(found.commands()).containsExactly("git status", "date", "one\ntwo");
    assertThat(found.with(found.text(), List.of("clean\n", "Friday", "1\n2")))
        .isEqualTo(
            """
            clean and Friday, not x!`id` or `!`who`
            1
            2
            ```sh
            !`in code`
            ```
            !`` !`open
            """);
  }

  @Test
  void doesNotLookAgainAtWhatACommandPrinted() {
    var found = ShellCommands.in("!`a` $0 !`b`\n");

    String filled = new Placeholders(List.of(), "x", Map.of()).fill(found.text());

    assertThat(found.with(filled, List.of("\0001\000 $0", "b's")))
        .isEqualTo("\0001\000 $0 x b's\n");
  }

  @Test
  void keepsABlockThatIsNotClosed() {
    assertThat(ShellCommands.in("```!\nrm -r x\n").commands()).isEmpty();
  }

  @Test
  void givesEachArgumentToACommandAsOneWord() {
    assertThat(
            Placeholders.fillCommand(
                "git log $0 $file -- $ARGUMENTS ${CLAUDE_SKILL_DIR}",
                List.of("file"),
                "'a b' $(id) \"it's\"",
                Map.of("CLAUDE_SKILL_DIR", "/skills/x")))
        .isEqualTo("git log 'a b' 'a b' -- 'a b' '$(id)' 'it'\\''s' /skills/x");
    assertThat(Placeholders.fillCommand("ls", List.of(), "unused", Map.of())).isEqualTo("ls");
  }
}
