package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a build without a C compiler does.
@Tag("bubblewrap")
class ShellBubblewrapTest extends SandboxContract {
  @Override
  SandboxBackend backend() {
    return BubblewrapBackend.overlaying().withoutAgent();
  }

  @Override
  void killSandbox() {
    BubblewrapProcesses.kill("cat");
  }

  @Override
  void killEverything() {
    BubblewrapProcesses.kill("bwrap");
  }

  @Override
  void assertNothingLeft() throws IOException {
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("homeport");
  }

  @Test
  void seesAProtectedFileThatWasReplaced() throws Exception {
    assertPrints("cat .git/config", "[core]");

    workspace.write(WorkspacePath.parse(".git/config"), bytes("[user]\n"));
    workspace.write(WorkspacePath.parse(".vscode/new.json"), bytes("{}\n"));

    assertPrints(
        "cat .git/config .vscode/new.json; for f in .git/config .vscode/new.json; do"
            + " (echo evil > $f) 2>/dev/null && echo wrote $f; done; true",
        "[user]\n{}");
  }

  @Test
  void doctorIsToldThatCommandsStartSlowly() throws Exception {
    assertThat(backend().availability())
        .isInstanceOfSatisfying(
            Availability.Available.class,
            available -> assertThat(available.detail()).contains("no resident agent"));
  }
}
