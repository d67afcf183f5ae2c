package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.transport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Twenty edits of one memory file at once, each at a place of its own: none may be lost.
@Timeout(120)
class ParallelMemoryTest {
  private static final int EDITS = 20;

  @TempDir Path workspace;

  private Path file;

  @BeforeEach
  void writeAnchors() throws IOException {
    file = workspace.resolve(".homeport/memory/anchors.md");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        IntStream.rangeClosed(1, EDITS)
            .mapToObj(i -> "anchor-" + i + " open\n")
            .collect(Collectors.joining()));
  }

  @Test
  void allSurviveFromOneClient() throws Exception {
    try (ServerProcess server = start()) {
      editAll(List.of(server));
    }
  }

  @Test
  void allSurviveFromTwoServerProcesses() throws Exception {
    try (ServerProcess first = start();
        ServerProcess second = start()) {
      editAll(List.of(first, second));
    }
  }

  private ServerProcess start() throws IOException, InterruptedException {
    ServerProcess server =
        ServerProcess.start(Main.class, "stdio", "--workspace", workspace.toString());
    server.handshake();
    return server;
  }

  private void editAll(List<ServerProcess> servers) throws IOException, InterruptedException {
    for (int i = 1; i <= EDITS; i++) {
      servers
          .get(i % servers.size())
          .call(
              i,
              "memory",
              Map.of(
                  "command",
                  "str_replace",
                  "path",
                  "/memories/anchors.md",
                  "old_str",
                  "anchor-" + i + " open",
                  "new_str",
                  "anchor-" + i + " done"));
    }
    for (int i = 1; i <= EDITS; i++) {
      var answer = servers.get(i % servers.size()).receive();
      assertThat(answer.path("result").path("isError").asBoolean(false)).as("%s", answer).isFalse();
      assertThat(answer.has("result")).as("%s", answer).isTrue();
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            IntStream.rangeClosed(1, EDITS)
                .mapToObj(i -> "anchor-" + i + " done\n")
                .collect(Collectors.joining()));
  }
}
