package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Homeport;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.UserDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTest {
  @TempDir Path directory;

  private void call(Homeport homeport, String tool, Map<String, ?> arguments) {
    homeport.tools().call(tool, arguments, homeport.context("probe", Map.of(), (_, _, _) -> {}));
  }

  @Test
  void saysWhoChangedSomethingAndNothingOfWhatWasWritten() throws Exception {
    Path workspace = Files.createDirectory(directory.resolve("workspace"));
    var user =
        new UserDirectories(
            directory.resolve("home"), directory.resolve("cache"), directory.resolve("state"));
    try (Homeport homeport = Homeport.open(ServerConfig.of(workspace), user)) {
      call(homeport, "write_file", Map.of("path", "harbour.md", "content", "of whales"));
      call(homeport, "read_file", Map.of("path", "harbour.md"));
      call(homeport, "edit_file", Map.of("path", "missing.md", "delete", true));
      call(homeport, "no_such_tool", Map.of());
    }

    List<Path> files;
    try (var all = Files.list(directory.resolve("state/audit"))) {
      files = all.toList();
    }
    assertThat(files).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
        .isEqualTo("rw-------");
    List<String> lines = Files.readAllLines(files.getFirst());
    assertThat(lines).hasSize(2);
    JsonNode first = JsonMapper.shared().readTree(lines.getFirst());
    assertThat(first.path("principal").asString()).isEqualTo(System.getProperty("user.name"));
    assertThat(first.path("client").asString()).isEqualTo("probe");
    assertThat(first.path("tool").asString()).isEqualTo("write_file");
    assertThat(first.path("ok").asBoolean()).isTrue();
    JsonNode second = JsonMapper.shared().readTree(lines.get(1));
    assertThat(second.path("tool").asString()).isEqualTo("edit_file");
    assertThat(second.path("ok").asBoolean(true)).isFalse();
    assertThat(String.join("", lines)).doesNotContain("whales");
  }
}
