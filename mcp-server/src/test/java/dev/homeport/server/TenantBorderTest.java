package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Bob tries to get at what Alice has: with each tool, resource, prompt and method, by each name
/// that something of hers has. Nothing of it may show in an answer, and nothing of hers may change.
///
/// Sandboxes are tried by the tests of sandboxes; here they are switched off.
@Timeout(600)
class TenantBorderTest {
  private static final int FEWEST_CALLS = 2_000;

  @TempDir Path directory;
  private TeamServer server;
  private String alice;
  private String bob;
  private BorderGoods goods;

  @BeforeEach
  void furnish() throws Exception {
    server = TeamServer.in(directory);
    alice = server.add("alice");
    bob = server.add("bob");
    goods = BorderGoods.of(server, alice);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void noToolCrosses() throws Exception {
    Map<String, String> before = files();
    int calls = 0;
    List<JsonNode> tools =
        TeamServer.result(server.ask(bob, "tools/list", Map.of()))
            .path("tools")
            .valueStream()
            .toList();
    assertThat(tools).hasSizeGreaterThan(15);
    for (JsonNode tool : tools) {
      for (Map<String, Object> arguments : attempts(tool.path("inputSchema"))) {
        assertShowsNothing(server.call(bob, tool.path("name").asString(), arguments));
        calls++;
      }
    }
    assertThat(calls).isGreaterThan(FEWEST_CALLS);
    assertThat(files()).isEqualTo(before);
  }

  /// For each value of what must be chosen: each property in turn is each of the names.
  private List<Map<String, Object>> attempts(JsonNode schema) {
    var attempts = new ArrayList<Map<String, Object>>();
    JsonNode properties = schema.path("properties");
    List<String> required = strings(schema.path("required"));
    List<String> choices =
        required.stream().filter(name -> properties.path(name).has("enum")).toList();
    List<String> values =
        choices.isEmpty() ? List.of("") : strings(properties.path(choices.getFirst()).path("enum"));
    for (String value : values) {
      for (String property : properties.propertyNames()) {
        for (String name : goods.names()) {
          var arguments = new LinkedHashMap<String, Object>();
          required.forEach(other -> arguments.put(other, filled(properties.path(other), name)));
          arguments.put(property, filled(properties.path(property), name));
          if (!choices.isEmpty()) {
            arguments.put(choices.getFirst(), value);
          }
          attempts.add(arguments);
        }
      }
    }
    return attempts;
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static Object filled(JsonNode schema, String name) {
    return switch (schema.path("type").asString()) {
      case "integer" -> 1;
      case "boolean" -> true;
      case "array" -> List.of(name);
      case "object" -> Map.of("name", name);
      default -> schema.has("enum") ? schema.path("enum").path(0).asString() : name;
    };
  }

  @Test
  void noResourceCrosses() throws Exception {
    assertThat(goods.uris()).hasSizeGreaterThan(4);
    int shown = 0;
    for (String uri : goods.uris()) {
      shown +=
          server.ask(alice, "resources/read", Map.of("uri", uri)).body().contains(BorderGoods.MARK)
              ? 1
              : 0;
      for (String method : List.of("resources/read", "resources/directory/read", "skills/get")) {
        assertShowsNothing(server.ask(bob, method, Map.of("uri", uri)));
      }
    }
    assertThat(shown).as("what Alice herself sees there").isGreaterThan(3);
    for (String method :
        List.of(
            "resources/list",
            "resources/templates/list",
            "skills/list",
            "prompts/list",
            "tools/list",
            "server/discover")) {
      assertShowsNothing(server.ask(bob, method, Map.of()));
    }
  }

  @Test
  void noPromptAndNoCompletionCrosses() throws Exception {
    JsonNode prompts =
        TeamServer.result(server.ask(alice, "prompts/list", Map.of())).path("prompts");
    assertThat(prompts.size()).isGreaterThan(2);
    for (JsonNode prompt : prompts) {
      String name = prompt.path("name").asString();
      for (String value : goods.names()) {
        var arguments = new LinkedHashMap<String, Object>();
        for (JsonNode argument : prompt.path("arguments")) {
          arguments.put(argument.path("name").asString(), value);
        }
        assertShowsNothing(
            server.ask(bob, "prompts/get", Map.of("name", name, "arguments", arguments)));
      }
    }
    for (JsonNode template :
        TeamServer.result(server.ask(bob, "resources/templates/list", Map.of()))
            .path("resourceTemplates")) {
      String uri = template.path("uriTemplate").asString();
      String argument = uri.substring(uri.indexOf('{') + 1, uri.indexOf('}'));
      HttpResponse<String> completion =
          server.ask(
              bob,
              "completion/complete",
              Map.of(
                  "ref",
                  Map.of("type", "ref/resource", "uri", uri),
                  "argument",
                  Map.of("name", argument, "value", "")));
      for (String name : goods.names()) {
        assertThat(completion.body()).doesNotContain("\"" + name + "\"");
      }
    }
  }

  @Test
  void noSessionOfTheProtocolCrosses() throws Exception {
    String hers = server.session(alice);
    String his = server.session(bob);
    var read = Map.of("name", "read_file", "arguments", Map.of("path", "secret.md"));

    HttpResponse<String> asHer = server.send(server.inSession(bob, hers, 3, "tools/call", read));
    assertThat(asHer.statusCode()).isEqualTo(404);
    assertShowsNothing(asHer);
    assertShowsNothing(server.send(server.inSession(bob, his, 3, "tools/call", read)));
    HttpResponse<String> ended =
        server.send(server.post(bob, "").DELETE().header("Mcp-Session-Id", hers).build());
    assertThat(ended.statusCode()).isEqualTo(404);
    assertThat(server.send(server.inSession(alice, hers, 4, "tools/call", read)).body())
        .contains(BorderGoods.MARK);
  }

  @Test
  void noCancellationCrosses() throws Exception {
    String hers = server.session(alice);
    String his = server.session(bob);
    var waiting = Map.of("name", "session_events", "arguments", Map.of("wait_s", 3, "from", 1_000));
    var call =
        server
            .client()
            .sendAsync(
                server.inSession(alice, hers, 7, "tools/call", waiting),
                HttpResponse.BodyHandlers.ofString());
    for (int i = 0; i < 20; i++) {
      for (String session : List.of(hers, his)) {
        server.send(
            server.inSession(
                bob, session, null, "notifications/cancelled", Map.of("requestId", 7)));
      }
    }

    assertThat(call.join().body()).contains("No such events").doesNotContain("cancelled");
  }

  private static void assertShowsNothing(HttpResponse<String> answer) {
    assertThat(answer.body()).doesNotContain(BorderGoods.MARK);
    assertThat(answer.statusCode()).isLessThan(500);
  }

  private Map<String, String> files() throws IOException {
    return BorderGoods.digests(server.workspace("alice"));
  }
}
