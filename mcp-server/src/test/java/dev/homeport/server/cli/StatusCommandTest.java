package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.Main;
import dev.homeport.server.transport.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusCommandTest {
  @TempDir Path directory;

  private CommandRun status() {
    return CommandRun.in(directory, "", "status");
  }

  private ServerProcess start(Path workspace) throws Exception {
    var server =
        ServerProcess.start(
            Map.of("HOME", directory.resolve("home").toString()),
            Main.class,
            "stdio",
            "--workspace",
            workspace.toString());
    server.handshake();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status().out().contains(workspace.toString()));
    return server;
  }

  @Test
  void showsAServerAsLongAsItRuns() throws Exception {
    Path workspace = Files.createDirectory(directory.resolve("workspace"));
    assertThat(status().err()).contains("no server runs");
    try (var server = start(workspace)) {
      assertThat(status().out()).contains("PID", workspace.toString());

      assertThat(server.end()).isZero();

      assertThat(status().err()).contains("no server runs");
    }
  }

  @Test
  void showsNoServerThatWasKilled() throws Exception {
    Path workspace = Files.createDirectory(directory.resolve("workspace"));
    try (var server = start(workspace)) {
      server.kill();

      assertThat(status().err()).contains("no server runs");
    }
  }
}
