package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What one principal has, marked, and the names by which somebody could ask for it.
///
/// @param names of files, sessions, results, versions and skills
/// @param uris of resources
record BorderGoods(List<String> names, List<String> uris) {
  /// Stands in everything; in none of the names.
  static final String MARK = "whalebone-7431";

  static BorderGoods of(TeamServer server, String token) throws Exception {
    Path workspace = server.workspace("alice");
    Files.writeString(workspace.resolve("secret.md"), "# " + MARK + "\n");
    Files.createDirectories(workspace.resolve(".claude/skills/mooring"));
    Files.writeString(
        workspace.resolve(".claude/skills/mooring/SKILL.md"),
        "---\nname: mooring\ndescription: Makes a ship fast, "
            + MARK
            + ".\n---\nTake two lines of "
            + MARK
            + ".\n");
    call(
        server,
        token,
        "memory",
        Map.of("command", "create", "path", "/memories/harbour.md", "file_text", MARK));
    for (String scope : List.of("project", "user")) {
      call(
          server,
          token,
          "remember",
          Map.of(
              "name",
              "tides-" + scope,
              "description",
              MARK,
              "type",
              "project",
              "body",
              MARK,
              "scope",
              scope));
    }
    call(server, token, "write_file", Map.of("path", "written.md", "content", MARK));
    call(server, token, "write_file", Map.of("path", "written.md", "content", MARK + " again"));
    call(server, token, "note", Map.of("text", MARK));
    JsonNode event =
        call(server, token, "session_emit", Map.of("type", "secret", "data", Map.of("text", MARK)));
    String session = event.at("/structuredContent/session").asString();
    JsonNode stored = call(server, token, "result_store", Map.of("content", MARK + "\n"));
    String result = stored.at("/structuredContent/id").asString();
    String history =
        call(server, token, "history", Map.of("command", "list")).at("/content/0/text").asString();
    List<String> versions = words(history, "ver_");
    assertThat(session).isNotBlank();
    assertThat(result).isNotBlank();
    assertThat(versions).isNotEmpty();
    assertThat(history).doesNotContain(MARK);

    var names =
        new ArrayList<>(
            List.of(
                "secret.md",
                workspace.resolve("secret.md").toString(),
                "../alice/secret.md",
                "../../workspaces/alice/written.md",
                "/proc/self/root" + workspace.resolve("secret.md"),
                workspace.toString(),
                "/memories/harbour.md",
                "/memories/../../../../alice/.homeport/memory/harbour.md",
                "tides-user",
                "mooring",
                "skill://mooring/SKILL.md",
                session,
                result,
                versions.getFirst()));
    var uris =
        new ArrayList<>(
            List.of(
                "memory://index",
                "memory://file/harbour.md",
                "memory://file/..%2f..%2f..%2falice%2fsecret.md",
                "result://" + result,
                "skill://mooring/SKILL.md",
                "file://" + workspace.resolve("secret.md")));
    TeamServer.result(server.ask(token, "resources/list", Map.of()))
        .path("resources")
        .forEach(resource -> uris.add(resource.path("uri").asString()));
    return new BorderGoods(List.copyOf(names), List.copyOf(uris));
  }

  private static JsonNode call(
      TeamServer server, String token, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    JsonNode answer = TeamServer.result(server.call(token, tool, arguments));
    assertThat(answer.path("isError").asBoolean(true)).as(answer::toString).isFalse();
    return answer;
  }

  private static List<String> words(String text, String beginning) {
    return List.of(text.split("[^A-Za-z0-9_-]+", -1)).stream()
        .filter(word -> word.startsWith(beginning))
        .toList();
  }

  /// Each file below a directory, by its path.
  static Map<String, String> digests(Path directory) throws IOException {
    var digests = new TreeMap<String, String>();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(directory.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    assertThat(digests).hasSizeGreaterThan(8);
    return digests;
  }
}
