package dev.homeport.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line of the MCP Inspector lists everything and calls a tool of each toolset.
@Tag("node")
class InspectorTest {
  private static final String CLI =
      "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

  @TempDir Path directory;

  @BeforeEach
  void makeWorkspace() throws IOException {
    Files.createDirectories(directory.resolve("workspace/src"));
    Files.writeString(directory.resolve("workspace/src/app.py"), "print('harbour')\n");
    Files.writeString(
        directory.resolve("workspace/task_plan.md"),
        """
        # Task Plan: sail

        ## Goal
        Sail.

        ## Phases

        ### Phase 1: Rig
        - [ ] Mast
        - **Status:** in_progress
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "modern", "auto"})
  void listsAllToolsInEachEra(String era) throws Exception {
    JsonNode tools = inspect("--method", "tools/list", "--protocol-era", era).get("tools");

    assertThat(tools.size()).isEqualTo(NodeEngine.tools());
    for (JsonNode tool : tools) {
      assertThat(tool.has("title") && tool.has("description") && tool.has("annotations"))
          .as(tool.toString())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "memory|{'command':'view','path':'/memories'}",
        "read_file|{'path':'src/app.py'}",
        "plan_get|{}",
        "wake|{}",
        "grep|{'pattern':'harbour'}",
        "skill_search|{'query':'sail a boat'}",
        "sandbox|{'action':'list'}"
      })
  void callsOneToolOfEachToolset(String tool, String arguments) throws Exception {
    JsonNode result =
        inspect(
            "--method",
            "tools/call",
            "--tool-name",
            tool,
            "--tool-args-json",
            arguments.replace('\'', '"'));

    assertThat(result.path("isError").asBoolean(false)).as(result.toString()).isFalse();
  }

  private JsonNode inspect(String... arguments) throws IOException, InterruptedException {
    Path server = NodeEngine.serverProgram(directory, directory.resolve("workspace"));
    var all = new ArrayList<>(List.of("--cli", server.toString()));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--format", "json", "-q"));
    NodeEngine.Run run = NodeEngine.run(CLI, all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.output()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.output());
    return json.has("result") ? json.get("result") : json;
  }
}
