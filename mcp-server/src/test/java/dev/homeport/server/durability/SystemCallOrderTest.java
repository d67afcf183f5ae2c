package dev.homeport.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Main;
import dev.homeport.server.transport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// In a trace of the real server's system calls nothing is answered before it is durable.
@Tag("strace")
@Timeout(120)
class SystemCallOrderTest {
  private static final int WRITE_FILE = 1;
  private static final int CREATE = 2;
  private static final int STR_REPLACE = 3;
  private static final int REMEMBER = 4;
  private static final int SESSION_EMIT = 5;

  private static Path workspace;
  private static Trace trace;

  @BeforeAll
  static void traceOneCallOfEachKind(@TempDir Path directory)
      throws IOException, InterruptedException {
    workspace = Files.createDirectory(directory.toRealPath().resolve("workspace"));
    Path log = directory.resolve("strace.log");
    try (ServerProcess server = startTraced(log)) {
      server.handshake();
      call(
          server, WRITE_FILE, "write_file", Map.of("path", "notes/a.md", "content", "a harbour\n"));
      call(
          server,
          CREATE,
          "memory",
          Map.of("command", "create", "path", "/memories/b.md", "file_text", "one buoy\n"));
      call(
          server,
          STR_REPLACE,
          "memory",
          Map.of(
              "command",
              "str_replace",
              "path",
              "/memories/b.md",
              "old_str",
              "one buoy",
              "new_str",
              "two buoys"));
      call(
          server,
          REMEMBER,
          "remember",
          Map.of(
              "name",
              "Tide times",
              "description",
              "when to sail",
              "type",
              "project",
              "body",
              "At noon."));
      call(
          server,
          SESSION_EMIT,
          "session_emit",
          Map.of("type", "checkpoint", "data", Map.of("berth", 1), "session", "traced"));
      assertThat(server.end()).as("%s", server.errors()).isZero();
    }
    Path own = workspace.resolve(".homeport");
    var locks =
        Set.of(own.resolve("lock"), own.resolve("versions/lock"), own.resolve("sessions/.lock"));
    trace = new Trace(workspace, locks, SystemCall.read(log));
  }

  private static ServerProcess startTraced(Path log) throws IOException {
    var strace =
        List.of(
            "strace",
            "--follow-forks",
            "--seccomp-bpf",
            "--decode-fds=path",
            "--string-limit=128",
            "--signal=none",
            "--trace=" + Trace.CALLS,
            "--output=" + log);
    try {
      return ServerProcess.startUnder(
          strace, Main.class, "stdio", "--workspace", workspace.toString());
    } catch (IOException e) {
      throw new AssertionError("strace is missing: apt-get install strace", e);
    }
  }

  private static void call(ServerProcess server, int id, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    server.call(id, tool, arguments);
    var answer = server.receive();
    assertThat(answer.has("result")).as("%s", answer).isTrue();
    assertThat(answer.path("result").path("isError").asBoolean(false)).as("%s", answer).isFalse();
  }

  private static int before(int id) {
    return trace.answer(id);
  }

  /// Calls are made one after the other, so what lies between two answers belongs to the second.
  private static int after(int id) {
    return id == WRITE_FILE ? -1 : trace.answer(id - 1);
  }

  private static void assertReplaced(int id, String file) {
    assertThat(trace.isReplaced(workspace.resolve(file), after(id), before(id))).as(file).isTrue();
  }

  private static void assertDurable(int id) {
    assertThat(trace.losses(after(id), before(id))).isEmpty();
  }

  @Test
  void aWrittenFileIsDurableBeforeTheAnswer() {
    assertReplaced(WRITE_FILE, "notes/a.md");
    assertDurable(WRITE_FILE);
  }

  @Test
  void aMemoryEditIsDurableBeforeTheAnswer() {
    assertReplaced(CREATE, ".homeport/memory/b.md");
    assertDurable(CREATE);
    assertReplaced(STR_REPLACE, ".homeport/memory/b.md");
    assertDurable(STR_REPLACE);
  }

  @Test
  void aFactAndItsIndexLineAreDurableBeforeTheAnswer() {
    assertReplaced(REMEMBER, ".homeport/memory/tide-times.md");
    assertReplaced(REMEMBER, ".homeport/memory/MEMORY.md");
    assertDurable(REMEMBER);
  }

  @Test
  void anEventIsDurableBeforeTheAnswer() {
    Path session = workspace.resolve(".homeport/sessions/traced");

    assertThat(
            trace.isWritten(
                session.resolve("events-000000000000.jsonl"),
                after(SESSION_EMIT),
                before(SESSION_EMIT)))
        .isTrue();
    assertDurable(SESSION_EMIT);
  }

  @Test
  void aVersionIsDurableWithItsChange() {
    Path versions = workspace.resolve(".homeport/versions/g000001/000001.log");

    for (int id : new int[] {WRITE_FILE, CREATE, STR_REPLACE, REMEMBER}) {
      assertThat(trace.isWritten(versions, after(id), before(id))).as("call %d", id).isTrue();
    }
  }
}
