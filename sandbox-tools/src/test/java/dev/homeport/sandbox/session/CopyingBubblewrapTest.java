package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Where the kernel or the file system refuses overlays.
@Tag("bubblewrap")
class CopyingBubblewrapTest extends SandboxContract {
  @Override
  SandboxBackend backend() {
    return BubblewrapBackend.copying();
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
  void saysThatItWorksOnACopy() throws Exception {
    assertPrints("true", "");

    assertThat(sandboxes.list(SESSION).getFirst().capabilities())
        .doesNotContain(Capability.OVERLAY);
  }
}
