package dev.homeport.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official TypeScript client lists everything and calls a tool of each toolset.
@Tag("node")
class TypeScriptClientTest {
  private static final String CALLS =
      """
      [["memory", {"command": "create", "path": "/memories/a.md", "file_text": "harbour\\n"}],
       ["read_file", {"path": "src/app.py"}],
       ["plan_get", {}],
       ["wake", {}],
       ["grep", {"pattern": "harbour", "path": "src"}],
       ["skill_search", {"query": "sail a boat"}],
       ["sandbox", {"action": "list"}]]
      """;

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

  @Test
  void callsOneToolOfEachToolset() throws Exception {
    Path server = NodeEngine.serverProgram(directory, directory.resolve("workspace"));

    NodeEngine.Run run = NodeEngine.run("client.mjs", server.toString(), CALLS);

    assertThat(run.exitCode()).as(run.output()).isZero();
    JsonNode answer = JsonMapper.shared().readTree(run.output());
    assertThat(answer.get("tools").size()).isEqualTo(NodeEngine.tools());
    for (JsonNode call : answer.get("results")) {
      assertThat(call.get("result").path("isError").asBoolean(false)).as(call.toString()).isFalse();
    }
  }
}
