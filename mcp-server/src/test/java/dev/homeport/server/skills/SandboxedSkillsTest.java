package dev.homeport.server.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.publish.SkillCopies;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxedSkillsTest {
  @TempDir private Path temporary = Path.of("");
  private Path workspace = Path.of("");
  private SkillCopies copies = new SkillCopies(Path.of(""));
  private Sandboxes sandboxes;
  private SkillCatalog catalog;

  @BeforeEach
  void open() throws IOException {
    workspace = Files.createDirectories(temporary.resolve("workspace"));
    Path skill = Files.createDirectories(workspace.resolve(".claude/skills/brew/scripts"));
    Files.writeString(
        skill.resolveSibling("SKILL.md"),
        """
        ---
        name: brew
        description: Brews.
        ---
        Tea: !`${CLAUDE_SKILL_DIR}/scripts/brew.sh $ARGUMENTS`
        """);
    Files.writeString(skill.resolve("brew.sh"), "#!/bin/sh\necho \"brewed $1\"\n");
    copies = new SkillCopies(temporary.resolve("copies"));
    sandboxes =
        Sandboxes.open(
            Workspace.open(workspace),
            temporary.resolve("state"),
            List.of(BubblewrapBackend.overlaying()),
            SandboxTemplate.DEFAULT.withMounts(List.of(SandboxedSkills.mount(copies))));
    catalog =
        SkillCatalog.open(
            SkillsConfig.standard(workspace, temporary.resolve("home")),
            new SkillHost("linux", Map.of()));
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
    sandboxes.close();
  }

  private SkillLoadOutcome load(List<Path> trusted) throws IOException, InterruptedException {
    var skills = new SandboxedSkills(Lazy.of(() -> sandboxes), Lazy.of(() -> copies), trusted);
    return catalog.load("brew", "'green tea'", Map.of(), skills.of("s-1"));
  }

  @Test
  void runsNothingOfASkillThatTheUserDoesNotTrust() throws IOException, InterruptedException {
    Files.createDirectories(temporary.resolve("elsewhere"));

    for (List<Path> trusted :
        List.of(
            List.<Path>of(),
            List.of(temporary.resolve("elsewhere")),
            List.of(temporary.resolve("gone")))) {
      assertThat(((SkillLoadOutcome.Loaded) load(trusted)).text())
          .contains("commands written as", "In the sandbox: /skills/brew-")
          .doesNotContain("brewed green");
    }
  }

  @Test
  @Tag("bubblewrap")
  void runsCommandsAndScriptsInTheSandboxAlone() throws IOException, InterruptedException {
    String text = ((SkillLoadOutcome.Loaded) load(List.of(workspace))).text();

    assertThat(text).contains("Tea: brewed green tea\n");

    String directory = text.replaceAll("(?s).*In the sandbox: (\\S+) .*", "$1");
    assertThat(bash(directory + "/scripts/brew.sh black")).isEqualTo("brewed black\n");
    assertThat(bash("echo x > " + directory + "/scripts/brew.sh || echo refused"))
        .contains("refused");
  }

  @Test
  @Tag("bubblewrap")
  void doesNotLoadASkillWhoseCommandFails() throws IOException, InterruptedException {
    Files.writeString(
        workspace.resolve(".claude/skills/brew/scripts/brew.sh"), "#!/bin/sh\necho cold; exit 3\n");

    assertThat(load(List.of(workspace)))
        .isInstanceOfSatisfying(
            SkillLoadOutcome.CommandFailed.class,
            failed -> assertThat(failed.reason()).isEqualTo("exit 3: cold"));
  }

  private String bash(String input) throws IOException, InterruptedException {
    var request = ExecRequest.of("s-1", "bash", input);
    return sandboxes.execute(request, _ -> {}).outcome()
            instanceof ExecOutcome.Exited(int _, var output)
        ? output.text()
        : "";
  }
}
