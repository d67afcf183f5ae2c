package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedToolsTest {
  private static final List<String> WISHES = List.of("Bash(git add *)", "Read", "mcp__x__y");

  @Test
  void saysWhichToolsASkillMeansAndThatItApprovesNothing() {
    assertThat(AllowedTools.explained(WISHES, ToolRegistry.Selection.ALL))
        .startsWith("The skill's allowed-tools (Bash(git add *), Read, mcp__x__y) approve nothing")
        .endsWith("With Homeport Bash is execute, Read is read_file.\n");
    assertThat(AllowedTools.explained(List.of(), ToolRegistry.Selection.ALL)).isEmpty();
  }

  @Test
  void saysWhichOfThemAreOff() {
    assertThat(
            AllowedTools.explained(
                WISHES, new ToolRegistry.Selection(EnumSet.of(Toolset.FILES), true)))
        .contains("With Homeport Read is read_file.")
        .contains("Switched off, and not switched on by a skill: Bash is execute.");
  }
}
