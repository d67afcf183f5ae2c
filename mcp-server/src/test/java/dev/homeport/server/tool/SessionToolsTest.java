package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.tool.schema.RecordJson;
import dev.homeport.session.EventDraft;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(50)
class SessionToolsTest {
  private static final ResultSink SINK =
      (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1");

  @TempDir Path root;
  Lazy<Sessions> sessions;
  ToolRegistry registry;
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));

  @BeforeEach
  void open() {
    sessions = Lazy.of(() -> Sessions.in(Workspace.open(root), now::get));
    registry = registry(ToolObserver.NONE);
  }

  private ToolRegistry registry(ToolObserver observer) {
    return ToolRegistry.of(
        Map.of(Toolset.CONTEXT, List.of(new SessionTools(sessions))),
        ToolRegistry.Selection.ALL,
        SINK,
        observer);
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(SessionTools.source(sessions, "ada"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private ToolResult events(Map<String, ?> arguments) {
    var all = new LinkedHashMap<String, Object>(arguments);
    all.put("session", "s1");
    return call("session_events", all);
  }

  private static Map<String, Object> structured(ToolResult result) {
    return RecordJson.of(result.structured().orElseThrow());
  }

  @Test
  void emitsEventsAndReadsThemBack() {
    for (int i = 0; i < 30; i++) {
      call(
          "session_emit",
          Map.of("type", i % 2 == 0 ? "even" : "odd", "data", Map.of("i", i), "session", "s1"));
    }
    var keyed = Map.of("type", "x", "idempotency_key", "k", "session", "s2");
    ToolResult repeated = call("session_emit", keyed);

    assertThat(structured(repeated)).containsEntry("position", 0L).containsEntry("session", "s2");
    assertThat(structured(call("session_emit", keyed))).containsEntry("repeated", true);

    ToolResult last = events(Map.of("limit", 2));
    assertThat(last.text().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("29 ").endsWith(" odd {\"i\":29}"),
            line -> assertThat(line).startsWith("28 "),
            line -> assertThat(line).isEqualTo("[More: to 28]"));
    assertThat(events(Map.of("around", 10, "limit", 3)).text())
        .startsWith("9 ")
        .contains("\n10 ")
        .contains("\n11 ")
        .doesNotContain("\n12 ");
    assertThat(events(Map.of("from", 5, "types", List.of("even"))).text()).startsWith("6 ");
    assertThat(events(Map.of("limit", 0)).isError()).isTrue();
    assertThat(events(Map.of("around", 3, "from", 1)).text()).contains("give around with limit");
  }

  @Test
  void findsEventsByTime() {
    for (int i = 0; i < 10; i++) {
      call("session_emit", Map.of("type", "t", "data", Map.of("i", i), "session", "s1"));
      now.updateAndGet(time -> time.plusSeconds(60));
    }

    assertThat(
            events(Map.of("since", "2026-11-25T11:03:00+01:00", "until", "2026-11-25T10:05:00Z"))
                .text()
                .lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("3 2026-11-25T10:03:00Z t"),
            line -> assertThat(line).startsWith("4 "));
    assertThat(events(Map.of("from", 5, "until", "2026-11-25T10:06:00Z")).text().lines())
        .hasSize(1);
    assertThat(events(Map.of("since", "yesterday")).text())
        .isEqualTo("since is 'yesterday', but must be an instant such as 2026-11-25T13:00:00Z");
  }

  @Test
  void waitsForAnEvent() throws Exception {
    call("session_emit", Map.of("type", "other", "session", "s1"));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ToolResult> waiting =
          executor.submit(() -> events(Map.of("types", List.of("done"), "wait_s", 45)));
      sessions
          .get()
          .log(SessionId.parse("s1"))
          .emit(new EventDraft("done", Map.of("by", "another"), null));

      assertThat(waiting.get(20, TimeUnit.SECONDS).text())
          .isEqualTo(
              """
              1 2026-11-25T10:00:00Z done {"by":"another"}
              [To wait for the next: from 2]
              """);
    }
    assertThat(events(Map.of("from", 2, "wait_s", 1)).text())
        .isEqualTo("No such events; session s1 has 2.\n[To wait for the next: from 2]\n");
    assertThat(events(Map.of("wait_s", 61)).text()).contains("0 to 60 seconds");
  }

  @Test
  void aCancelledWaitEnds() throws Exception {
    var thread = new AtomicReference<Thread>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ToolResult> waiting =
          executor.submit(() -> {
            thread.set(Thread.currentThread());
            return events(Map.of("wait_s", 60));
          });
      Awaitility.await()
          .until(
              () -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);
      thread.get().interrupt();

      assertThat(waiting.get(20, TimeUnit.SECONDS))
          .isEqualTo(ToolResult.error("The call was cancelled."));
    }
  }

  @Test
  void logsEachCallWithoutItsContent() {
    registry = registry(new ToolCallLog(sessions));
    String token = "ghp_" + "a1".repeat(18);
    var data = Map.of("text", "x".repeat(5_000));

    call("session_emit", Map.of("type", "t", "data", data, "session", "s1"));
    call("session_emit", Map.of("type", "key " + token, "session", "s1", "typ", 1));
    call("no_such_tool", Map.of("session", "s1"));

    assertThat(events(Map.of("from", 1)).text().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains(
                        " tool.called {\"tool\":\"session_emit\",\"ms\":",
                        "\"isError\":false",
                        "\"data\":5011",
                        "\"data\":\"{\\\"text\\\":\\\"xxxx")
                    .hasSizeLessThan(400),
            line ->
                assertThat(line)
                    .contains("\"isError\":true", "[masked github-token]")
                    .doesNotContain("a1a1"),
            line -> assertThat(line).contains("\"tool\":\"no_such_tool\"", "\"isError\":true"));
  }

  @Test
  void aCallIsAnsweredEvenIfItCannotBeLogged() {
    registry = registry(new ToolCallLog(sessions));

    assertThat(call("session_emit", Map.of("type", "t", "session", "../x")).text())
        .contains("session id");
  }

  @Test
  void aBugInTheLogChangesNoAnswer() {
    Lazy<Sessions> broken =
        Lazy.of(() -> {
          throw new IllegalStateException("a bug");
        });
    registry = registry(new ToolCallLog(broken));
    assertThat(call("session_emit", Map.of("type", "t", "session", "s1")).text())
        .startsWith("Position 0 of session s1");

    registry =
        registry((_, _) -> {
          throw new StackOverflowError("a bug");
        });
    assertThat(call("session_emit", Map.of("type", "t", "session", "s1")).text())
        .startsWith("Position 1 of session s1");
    assertThat(call("no_such_tool", Map.of()).isError()).isTrue();
  }

  @Test
  void aCancelledCallIsLoggedAndStaysCancelled() {
    registry = registry(new ToolCallLog(sessions));
    Thread.currentThread().interrupt();

    call("no_such_tool", Map.of("session", "s1"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(events(Map.of()).text()).contains("tool.called");
  }
}
