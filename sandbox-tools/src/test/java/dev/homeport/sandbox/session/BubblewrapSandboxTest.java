package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bubblewrap")
class BubblewrapSandboxTest extends SandboxContract {
  @Override
  SandboxBackend backend() {
    return BubblewrapBackend.overlaying();
  }

  @Override
  void killSandbox() {
    BubblewrapProcesses.kill("agent");
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
  void cannotReachTheAgent() throws Exception {
    assertPrints(
        "kill -9 1; kill -STOP 1; cat /proc/1/environ /proc/1/mem /proc/1/maps 2>/dev/null | wc -c;"
            + " ls -l /proc/1/fd 2>/dev/null | grep -c -- '->'; find / -xdev -type s 2>/dev/null;"
            + " true",
        "0\n0");
  }

  @Test
  void needsNoCopyOfTheWorkspace() throws Exception {
    assertPrints("true", "");

    assertThat(sandboxes.list(SESSION).getFirst().capabilities()).contains(Capability.OVERLAY);
  }
}
