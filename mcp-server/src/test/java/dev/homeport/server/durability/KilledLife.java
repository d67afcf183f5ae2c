package dev.homeport.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Main;
import dev.homeport.server.transport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that gets [#CALLS] calls at once and is killed before it has answered them, and the
/// next one on the same workspace, which shows what is left.
///
/// A third of the calls write files of their own, half of which exist already; a third append
/// events under keys; a third remember facts. They come in a random order.
final class KilledLife {
  static final int CALLS = 1_000;

  private static final String SESSION = "killed";
  private static final String MEMORY = ".homeport/memory/";

  private enum Tool {
    WRITE_FILE,
    SESSION_EMIT,
    REMEMBER
  }

  private final Path workspace;
  private final List<Tool> tools;
  private final int[] bytes;
  private final int answersBeforeKill;

  /// The answers by the number of the call.
  private final Map<Integer, JsonNode> answers = new HashMap<>();

  KilledLife(Path workspace, Random random) throws IOException {
    this.workspace = workspace;
    this.tools =
        IntStream.range(0, CALLS)
            .mapToObj(_ -> Tool.values()[random.nextInt(Tool.values().length)])
            .toList();
    this.bytes = IntStream.range(0, CALLS).map(_ -> random.nextInt(1, 20_000)).toArray();
    this.answersBeforeKill = random.nextInt(CALLS * 9 / 10);
    Files.createDirectories(workspace.resolve("d"));
    for (int call = 0; call < CALLS; call += 2) {
      Files.writeString(file(call), content(call, "old"));
    }
  }

  private ServerProcess start() throws IOException, InterruptedException {
    ServerProcess server =
        ServerProcess.start(Main.class, "stdio", "--workspace", workspace.toString());
    server.handshake();
    return server;
  }

  /// Lives until some answers have come.
  ///
  /// @return how many calls were acknowledged, those included whose answers were still on the way
  int liveAndBeKilled() throws IOException, InterruptedException {
    try (ServerProcess server = start()) {
      Thread sender = Thread.ofVirtual().start(() -> sendAll(server));
      while (answers.size() < answersBeforeKill) {
        keep(server.receive());
      }
      server.kill();
      sender.join();
      keepRest(server.rest());
    }
    return answers.size();
  }

  private void sendAll(ServerProcess server) {
    try {
      for (int call = 0; call < CALLS; call++) {
        send(server, call);
      }
    } catch (IOException killed) {
      // Nobody reads the pipe any more: what is left was never sent.
      return;
    }
  }

  private void send(ServerProcess server, int call) throws IOException {
    Tool tool = tools.get(call);
    Map<String, Object> arguments =
        switch (tool) {
          case WRITE_FILE -> Map.of("path", "d/" + call, "content", content(call, "new"));
          case SESSION_EMIT ->
              Map.of(
                  "type",
                  "work",
                  "data",
                  Map.of("call", call),
                  "idempotency_key",
                  "key-" + call,
                  "session",
                  SESSION);
          case REMEMBER ->
              Map.of(
                  "name",
                  "Fact " + call,
                  "description",
                  "says " + call,
                  "type",
                  "project",
                  "body",
                  "All of " + call + ".");
        };
    server.call(call, tool.name().toLowerCase(java.util.Locale.ROOT), arguments);
  }

  private void keep(JsonNode answer) {
    assertThat(answer.has("result")).as("%s", answer).isTrue();
    assertThat(answer.path("result").path("isError").asBoolean(false)).as("%s", answer).isFalse();
    answers.put(answer.path("id").asInt(), answer.path("result"));
  }

  /// The last answer may be cut off, which is none then.
  private void keepRest(List<String> lines) {
    for (String line : lines) {
      try {
        keep(JsonMapper.shared().readTree(line));
      } catch (JacksonException torn) {
        assertThat(line).as("torn answer").isSameAs(lines.getLast());
      }
    }
  }

  /// Fails unless the next server finds everything that was acknowledged and nothing half done.
  void assertKept(String round) throws IOException, InterruptedException {
    try (ServerProcess server = start()) {
      assertFilesAreWhole(round);
      assertFactsAreWhole(round, server);
      assertEventsAreDense(round, server);
      assertNoLeftovers(round, server);
      assertThat(server.end()).as("%s: %s", round, server.errors()).isZero();
    }
  }

  private void assertFilesAreWhole(String round) throws IOException {
    for (int call : callsOf(Tool.WRITE_FILE)) {
      String found = Files.exists(file(call)) ? Files.readString(file(call)) : "";
      String before = call % 2 == 0 ? content(call, "old") : "";
      String after = content(call, "new");
      assertThat(found)
          .as("%s: file %d, acknowledged %s", round, call, answers.containsKey(call))
          .isIn(answers.containsKey(call) ? List.of(after) : List.of(before, after));
    }
  }

  /// The first command on the memory finishes what was begun.
  private void assertFactsAreWhole(String round, ServerProcess server)
      throws IOException, InterruptedException {
    String listing = text(call(server, "memory", Map.of("command", "view", "path", "/memories")));
    Path indexFile = workspace.resolve(MEMORY + "MEMORY.md");
    String index = Files.exists(indexFile) ? Files.readString(indexFile) : "";
    assertThat(listing).as(round).doesNotContain(".homeport-");
    for (int call : callsOf(Tool.REMEMBER)) {
      Path topic = workspace.resolve(MEMORY + "fact-" + call + ".md");
      boolean isThere = Files.exists(topic);
      String line = "- [Fact %d](fact-%d.md) - says %d\n".formatted(call, call, call);
      if (answers.containsKey(call)) {
        assertThat(isThere).as("%s: fact %d is acknowledged", round, call).isTrue();
      }
      assertThat(index.contains(line)).as("%s: line of fact %d", round, call).isEqualTo(isThere);
      if (isThere) {
        assertThat(Files.readString(topic))
            .as("%s: fact %d", round, call)
            .startsWith("---\nname: ")
            .endsWith("\n---\n\nAll of " + call + ".\n");
      }
    }
  }

  /// Whoever got no answer asks again under the same key, so that each event stands there once.
  private void assertEventsAreDense(String round, ServerProcess server)
      throws IOException, InterruptedException {
    for (int call : callsOf(Tool.SESSION_EMIT)) {
      if (!answers.containsKey(call)) {
        send(server, call);
        keep(server.receive());
      }
    }
    var events = new ArrayList<String>();
    while (events.size() < callsOf(Tool.SESSION_EMIT).size()) {
      Map<String, ?> page = Map.of("from", events.size(), "limit", 1_000, "session", SESSION);
      List<String> lines = text(call(server, "session_events", page)).lines().toList();
      lines.stream().filter(line -> !line.startsWith("[")).forEach(events::add);
      assertThat(lines).as("%s: events from %d", round, events.size()).isNotEmpty();
    }
    for (int call : callsOf(Tool.SESSION_EMIT)) {
      int position = answers.get(call).path("structuredContent").path("position").asInt();
      assertThat(events.get(position))
          .as("%s: event %d at %d", round, call, position)
          .startsWith(position + " ")
          .endsWith(" work {\"call\":" + call + "}");
    }
    assertThat(events).as(round).hasSameSizeAs(callsOf(Tool.SESSION_EMIT));
  }

  private static void assertNoLeftovers(String round, ServerProcess server)
      throws IOException, InterruptedException {
    Map<String, ?> temporary = Map.of("pattern", "**/.homeport-*", "everything", true);
    assertThat(text(call(server, "glob", temporary)))
        .as(round)
        .doesNotContain(".homeport-tmp", ".homeport-remember");
  }

  private static JsonNode call(ServerProcess server, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    server.call(CALLS, tool, arguments);
    JsonNode answer = server.receive();
    assertThat(answer.path("result").path("isError").asBoolean(false)).as("%s", answer).isFalse();
    return answer.path("result");
  }

  private static String text(JsonNode result) {
    return result.path("content").path(0).path("text").asString();
  }

  private List<Integer> callsOf(Tool tool) {
    return IntStream.range(0, CALLS).filter(call -> tools.get(call) == tool).boxed().toList();
  }

  private Path file(int call) {
    return workspace.resolve("d/" + call);
  }

  private String content(int call, String version) {
    String line = "file %d, %s version\n".formatted(call, version);
    return line.repeat(1 + bytes[call] / line.length()) + "end\n";
  }
}
