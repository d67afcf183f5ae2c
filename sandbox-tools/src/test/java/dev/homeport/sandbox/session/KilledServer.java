package dev.homeport.sandbox.session;

import static dev.homeport.sandbox.session.SandboxContract.isRunningOnHost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with many sandboxes is killed and none comes after it.
abstract class KilledServer {
  private static final int SANDBOXES = Integer.getInteger("killed.sandboxes", 12);

  @TempDir Path directory;

  /// The backend's name and a number that no process of another test sleeps for.
  abstract String backend();

  abstract String sleep();

  /// Fails if anything of an instance is still there.
  abstract void assertNothingLeft(String instance) throws Exception;

  @Test
  void leavesNothingAMinuteLater() throws Exception {
    Path state = directory.resolve("state");
    Path work = Files.createDirectory(directory.resolve("work"));
    Process owner =
        OtherProcess.java(
                java.util.List.of(),
                OtherProcess.classPath(),
                Owner.class,
                backend(),
                work.toString(),
                state.toString(),
                sleep(),
                Integer.toString(SANDBOXES))
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(owner.inputReader().readLine()).isEqualTo("started p" + SANDBOXES);
    await().until(() -> isRunningOnHost(sleep()));
    String instance = instance(state);

    owner.destroyForcibly().waitFor();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(isRunningOnHost(sleep())).isFalse();
          assertThat(ProcessHandle.allProcesses())
              .noneMatch(process -> process.info().commandLine().orElse("").contains(instance));
          assertNothingLeft(instance);
        });
  }

  static String instance(Path state) throws IOException {
    try (var entries = Files.list(state)) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow().getFileName().toString();
    }
  }
}
