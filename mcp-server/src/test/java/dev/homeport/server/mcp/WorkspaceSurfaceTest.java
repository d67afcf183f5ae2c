package dev.homeport.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Main;
import dev.homeport.server.transport.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class WorkspaceSurfaceTest {
  @TempDir Path workspace;

  @Test
  void offersResourcesAndPromptsOfTheWorkspace() throws Exception {
    Path memory = Files.createDirectories(workspace.resolve(".homeport/memory"));
    Files.writeString(memory.resolve("MEMORY.md"), "- [build](build.md): how to build\n");
    Files.writeString(workspace.resolve("task_plan.md"), "# Fix the rounding\n");
    try (var server =
        ServerProcess.start(Main.class, "stdio", "--workspace", workspace.toString())) {
      server.handshake();

      assertThat(ask(server, "resources/list", "{}").path("result").path("resources"))
          .extracting(resource -> resource.path("uri").asString())
          .containsExactlyInAnyOrder("memory://index", "plan://current");
      assertThat(
              ask(server, "resources/templates/list", "{}")
                  .path("result")
                  .path("resourceTemplates"))
          .extracting(template -> template.path("uriTemplate").asString())
          .containsExactlyInAnyOrder("memory://file/{name}", "result://{id}");
      assertThat(read(server, "memory://index")).contains("how to build");
      assertThat(read(server, "memory://file/MEMORY.md")).contains("how to build");
      assertThat(read(server, "plan://current")).isEqualTo("# Fix the rounding\n");
      assertThat(error(server, "memory://file/none.md")).isEqualTo(-32002);
      assertThat(error(server, "memory://file/..")).isNotZero();
      assertThat(error(server, "result://nonsense")).isNotZero();
      assertThat(error(server, "unknown://x")).isNotZero();
      assertThat(ask(server, "prompts/list", "{}").path("result").path("prompts"))
          .extracting(prompt -> prompt.path("name").asString())
          .containsExactlyInAnyOrder("resume-task", "plan-task", "review-memory", "skill");
      assertThat(
              ask(
                      server,
                      "prompts/get",
                      "{\"name\":\"plan-task\",\"arguments\":{\"task\":\"Fix it\"}}")
                  .toString())
          .contains("Fix it");
    }
  }

  @Test
  void completesTheNamesOfMemoryFilesAndResults() throws Exception {
    Path memory = Files.createDirectories(workspace.resolve(".homeport/memory/deep"));
    Files.writeString(memory.resolveSibling("build.md"), "b");
    Files.writeString(memory.resolveSibling("Bugs.md"), "b");
    Files.writeString(memory.resolveSibling("tests.md"), "t");
    try (var server =
        ServerProcess.start(Main.class, "stdio", "--workspace", workspace.toString())) {
      server.handshake();

      assertThat(complete(server, "'type':'ref/resource','uri':'memory://file/{name}'", "b"))
          .isEqualTo("{\"values\":[\"Bugs.md\",\"build.md\"],\"total\":2,\"hasMore\":false}");
      assertThat(complete(server, "'type':'ref/resource','uri':'result://{id}'", ""))
          .contains("\"total\":0");
      assertThat(complete(server, "'type':'ref/prompt','name':'plan-task'", "x"))
          .contains("\"values\":[]");
      assertThat(complete(server, "'type':'ref/prompt','name':'none'", "x")).contains("-32602");
      assertThat(complete(server, "'type':'ref/resource','uri':'plan://current'", "x"))
          .contains("-32602", "memory://file/{name}");
      assertThat(complete(server, "'type':'other'", "x")).contains("-32602");
    }
  }

  private static String complete(ServerProcess server, String reference, String typed)
      throws Exception {
    JsonNode answer =
        ask(
            server,
            "completion/complete",
            "{'ref':{%s},'argument':{'name':'a','value':'%s'}}"
                .formatted(reference, typed)
                .replace('\'', '"'));
    return answer.has("error")
        ? answer.path("error").toString()
        : answer.path("result").path("completion").toString();
  }

  @Test
  void saysThatParametersAreMissing() throws Exception {
    try (var server =
        ServerProcess.start(Main.class, "stdio", "--workspace", workspace.toString())) {
      server.handshake();

      for (String method : List.of("tools/call", "resources/read", "prompts/get")) {
        server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}");

        JsonNode error = server.receive().path("error");
        assertThat(error.path("code").asInt(0)).as(method).isEqualTo(-32602);
        assertThat(error.path("message").asString()).contains("` is missing");
      }
    }
  }

  private static String read(ServerProcess server, String uri) throws Exception {
    return readAnswer(server, uri).path("result").path("contents").path(0).path("text").asString();
  }

  private static int error(ServerProcess server, String uri) throws Exception {
    return readAnswer(server, uri).path("error").path("code").asInt(0);
  }

  private static JsonNode readAnswer(ServerProcess server, String uri) throws Exception {
    return ask(server, "resources/read", "{\"uri\":\"" + uri + "\"}");
  }

  private static JsonNode ask(ServerProcess server, String method, String params) throws Exception {
    server.send(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
    return server.receive();
  }
}
