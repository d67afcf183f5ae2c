package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.config.Config;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.tool.ToolDefinition;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What clients are told about the tools, held still: a change shows as a change of a file in
/// `__toolsnaps__`. After a wanted change run the test once with `-Dtoolsnaps.update=true` (see
/// CONTRIBUTING.md) and review the files.
class ToolSchemaTest {
  private static final Path SNAPSHOTS = Path.of("src/test/resources/__toolsnaps__");
  private static final int LIST_LIMIT = 24_000;
  private static final int VITAL = 2_048;

  private final JsonMapper pretty =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @TempDir Path directory;

  @Test
  void everyToolIsAsItsSnapshotSays() throws IOException {
    Map<String, String> actual = new TreeMap<>();
    for (McpSchema.Tool tool : tools()) {
      actual.put(tool.name(), pretty.writeValueAsString(tool) + "\n");
    }
    if (Boolean.getBoolean("toolsnaps.update")) {
      update(actual);
    }

    assertThat(actual)
        .as("differs from %s; if wanted, run with -Dtoolsnaps.update=true", SNAPSHOTS)
        .isEqualTo(snapshots());
  }

  @Test
  void theWholeListCostsLessThanSixThousandTokens() throws IOException {
    String list = JsonMapper.shared().writeValueAsString(list());

    assertThat(list.length()).as("characters of tools/list").isLessThan(LIST_LIMIT);
  }

  @Test
  void everyToolSaysWhatClientsNeed() throws IOException {
    for (McpSchema.Tool tool : tools()) {
      assertThat(tool.name()).matches("[A-Za-z0-9_-]{1,49}");
      assertThat(tool.title()).as("title of %s", tool.name()).isNotBlank();
      assertThat(tool.description()).isNotBlank().hasSizeLessThan(VITAL);
      assertThat(tool.annotations().readOnlyHint()).isNotNull();
      assertThat(tool.annotations().destructiveHint()).isNotNull();
      assertThat(tool.annotations().idempotentHint()).isNotNull();
      assertThat(tool.annotations().openWorldHint()).isNotNull();
      assertThat(tool.inputSchema()).containsEntry("type", "object");
      assertThat(tool.inputSchema()).doesNotContainKeys("anyOf", "oneOf", "allOf", "$schema");
    }
  }

  @Test
  void readOnlyModeKeepsOnlyToolsThatChangeNothing() {
    try (var homeport =
        Homeport.open(
            new ServerConfig(
                directory,
                new ToolRegistry.Selection(EnumSet.allOf(Toolset.class), true),
                Config.defaults()))) {
      assertThat(homeport.tools().definitions())
          .isNotEmpty()
          .allMatch((ToolDefinition tool) -> tool.hints().readOnly());
    }
  }

  /// The tools as clients see them.
  private List<McpSchema.Tool> tools() {
    return JsonMapper.shared().convertValue(list(), McpSchema.ListToolsResult.class).tools();
  }

  private Map<String, Object> list() {
    try (var homeport = Homeport.open(ServerConfig.of(directory))) {
      var request = new Message.Request(1, "tools/list", Map.of());
      return homeport.surface().methods().answer(request, Client.named("test")).orElseThrow();
    } catch (ProtocolException | InputRequiredException | InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Map<String, String> snapshots() throws IOException {
    try (var files = Files.list(SNAPSHOTS)) {
      var snapshots = new TreeMap<String, String>();
      for (Path file : files.toList()) {
        snapshots.put(file.getFileName().toString().replace(".json", ""), Files.readString(file));
      }
      return snapshots;
    }
  }

  private static void update(Map<String, String> actual) throws IOException {
    Files.createDirectories(SNAPSHOTS);
    for (String old : snapshots().keySet()) {
      Files.delete(SNAPSHOTS.resolve(old + ".json"));
    }
    for (var tool : actual.entrySet()) {
      Files.writeString(SNAPSHOTS.resolve(tool.getKey() + ".json"), tool.getValue());
    }
  }
}
