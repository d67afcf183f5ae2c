package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.config.Config;
import dev.homeport.server.tool.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversTest {
  /// A mark that hardly any process has.
  private static final String NAME = ".homeport-tmp-00000000deadbeef";

  @TempDir Path root;
  @TempDir Path home;

  private static Path leftover(Path directory) throws IOException {
    return Files.writeString(Files.createDirectories(directory).resolve(NAME), "torn");
  }

  @Test
  void theFirstCallOfAServerRemovesThoseOfACrash() throws IOException {
    List<Path> left =
        List.of(
            leftover(root),
            leftover(root.resolve(".homeport/memory/topics")),
            leftover(root.resolve(".homeport/sessions/s1")),
            leftover(home.resolve(".homeport/memory")));
    var user = new UserDirectories(home, home.resolve("cache"), home.resolve("state"));
    var config = new ServerConfig(root, ToolRegistry.Selection.ALL, Config.defaults());

    try (var homeport = Homeport.open(config, user)) {
      homeport
          .tools()
          .call(
              "memory",
              Map.of("command", "view", "path", "/memories"),
              homeport.context("test", Map.of(), (_, _, _) -> {}));

      Awaitility.await().until(() -> left.stream().noneMatch(Files::exists));
    }

    assertThat(root.resolve(".homeport/memory/topics")).isEmptyDirectory();
  }
}
