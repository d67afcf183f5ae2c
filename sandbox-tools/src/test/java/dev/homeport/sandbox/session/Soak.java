package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes are made, used and destroyed again and again.
abstract class Soak {
  private static final int ROUNDS = Integer.getInteger("soak.rounds", 100);

  /// Libraries open a few descriptors on their first use.
  private static final int FEW = 16;

  /// Classes are loaded and code is compiled meanwhile, but nothing is kept of each sandbox.
  private static final long LITTLE_MEMORY = 8 << 20;

  @TempDir Path directory;

  abstract SandboxBackend backend();

  @Test
  void leavesNoDescriptorMountOrProcess() throws Exception {
    Path work = Files.createDirectory(directory.resolve("work"));
    try (Sandboxes sandboxes =
        Sandboxes.open(
            Workspace.open(work),
            directory.resolve("state"),
            List.of(backend()),
            SandboxTemplate.DEFAULT)) {
      round(sandboxes, 0);
      long descriptors = descriptors();
      int mounts = mounts();
      long heap = heap();

      for (int i = 1; i <= ROUNDS; i++) {
        round(sandboxes, i);
      }

      await()
          .untilAsserted(() -> {
            assertThat(descriptors()).isLessThan(descriptors + FEW);
            assertThat(mounts()).isEqualTo(mounts);
            assertThat(ProcessHandle.current().descendants()).isEmpty();
          });
      long grown = heap() - heap;
      System.getLogger(Soak.class.getName())
          .log(
              System.Logger.Level.INFO,
              "{0} rounds: descriptors {1} -> {2}, mounts {3} -> {4}, heap {5} -> {6} bytes",
              Integer.toString(ROUNDS),
              descriptors,
              descriptors(),
              mounts,
              mounts(),
              Long.toString(heap),
              Long.toString(heap + grown));
      assertThat(grown).isLessThan(LITTLE_MEMORY);
    }
  }

  private static void round(Sandboxes sandboxes, int number) throws Exception {
    var request = ExecRequest.of("s", "bash", "echo " + number + " | tee file");
    String printed = SandboxContract.printed(sandboxes.execute(request, _ -> {}).outcome()).strip();
    assertThat(printed).isEqualTo(Integer.toString(number));
    sandboxes.stop("s", ExecRequest.DEFAULT_SANDBOX);
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long descriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }

  private static int mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).size();
  }
}
