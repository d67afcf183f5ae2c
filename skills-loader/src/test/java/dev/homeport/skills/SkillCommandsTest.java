package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands in the text of a skill.
class SkillCommandsTest {
  @TempDir private Path temporary = Path.of("");
  private SkillFixture fixture;
  private final List<String> ran = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    fixture = new SkillFixture(temporary);
    fixture.raw(
        "review",
        """
        ---
        name: review
        description: Reviews.
        ---
        Diff: !`git diff $0`
        In ${CLAUDE_SKILL_DIR}: !`ls ${CLAUDE_SKILL_DIR}`
        """);
  }

  @Test
  void putsWhatCommandsPrintInTheirPlace() throws IOException, InterruptedException {
    String text = ((SkillLoadOutcome.Loaded) load(new Fake(true, "$0 !`id`"))).text();

    assertThat(ran).containsExactly("git diff 'a;b'", "ls /skills/review");
    assertThat(text)
        .contains("Diff: $0 !`id`\nIn .claude/skills/review: $0 !`id`")
        .contains("In the sandbox: /skills/review (read-only)")
        .doesNotContain("were not run");
  }

  @Test
  void runsNothingUnlessTheUserTrustsTheSkill() throws IOException, InterruptedException {
    String text = ((SkillLoadOutcome.Loaded) load(new Fake(false, ""))).text();

    assertThat(ran).isEmpty();
    assertThat(text).contains("Diff: !`git diff a;b`", "were not run");
  }

  @Test
  void doesNotLoadASkillWhoseCommandFails() throws IOException, InterruptedException {
    assertThat(load(new Fake(true, null)))
        .isEqualTo(
            new SkillLoadOutcome.CommandFailed(
                new SkillName("review"), "git diff $0", "exit 1: no repository"));
    assertThat(ran).hasSize(1);
  }

  private SkillLoadOutcome load(SkillCommands commands) throws IOException, InterruptedException {
    try (SkillCatalog catalog = fixture.catalog()) {
      return catalog.load("review", "a;b", Map.of(), commands);
    }
  }

  /// Prints the same for each command; fails if that is null.
  private final class Fake implements SkillCommands {
    private final boolean mayRun;
    private final Optional<String> output;

    Fake(boolean mayRun, @org.jspecify.annotations.Nullable String output) {
      this.mayRun = mayRun;
      this.output = Optional.ofNullable(output);
    }

    @Override
    public Optional<String> directory(Skill skill) {
      return Optional.of("/skills/" + skill.name());
    }

    @Override
    public boolean mayRun(Skill skill) {
      return mayRun;
    }

    @Override
    public Result run(Skill skill, String command) {
      ran.add(command);
      return output
          .<Result>map(Result.Output::new)
          .orElseGet(() -> new Result.Failed("exit 1: no repository"));
    }
  }
}
