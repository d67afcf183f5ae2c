package dev.homeport.server.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.session.ChangeTarget;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.session.Event;
import dev.homeport.session.EventQuery;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxToolsTest {
  @TempDir Path directory;
  private Path root;
  private Sandboxes sandboxes;
  private ToolRegistry registry;
  private final List<String> stored = new ArrayList<>();
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private final ToolContext context =
      new ToolContext(
          (requested, _) -> requested.orElse("s-1"),
          "test",
          Map.of(),
          (_, _, message) -> progress.add(message));

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(directory.resolve("work"));
    Files.writeString(root.resolve("a.txt"), "one\n");
    sandboxes = openSandboxes(List.of(BubblewrapBackend.overlaying()));
    registry = registry(sandboxes);
  }

  private Sandboxes openSandboxes(List<SandboxBackend> backends) throws IOException {
    return Sandboxes.open(
        Workspace.open(root), directory.resolve("state"), backends, SandboxTemplate.DEFAULT);
  }

  private ToolRegistry registry(Sandboxes opened) {
    var tools =
        new SandboxTools(
            Lazy.of(() -> opened),
            Lazy.of(() -> ChangeTarget.of(Workspace.open(root))),
            (_, text) -> {
              stored.add(text);
              return new ResultSink.Stored("r-1", ".homeport/results/r-1");
            },
            new SessionExecLog(Lazy.of(this::sessions)));
    return ToolRegistry.of(
        Map.of(Toolset.SANDBOX, List.of(tools)),
        ToolRegistry.Selection.ALL,
        (_, _) -> new ResultSink.Stored("r-2", ".homeport/results/r-2"));
  }

  private Sessions sessions() throws IOException {
    return Sessions.in(Workspace.open(root), InstantSource.system());
  }

  private List<Event> events() throws IOException {
    return sessions().log(SessionId.parse("s-1")).events(EventQuery.from(0, 100)).events();
  }

  @AfterEach
  void close() throws IOException {
    sandboxes.close();
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    return registry.call(tool, arguments, context);
  }

  private ToolResult bash(String input) {
    return call("execute", Map.of("name", "bash", "input", input));
  }

  @Test
  void definitionsAreShort() {
    assertThat(registry.definitions()).hasSize(2);
    for (ToolDefinition tool : registry.definitions()) {
      assertThat(tool.description().length() + tool.inputSchema().toString().length())
          .as(tool.name())
          .isLessThan(1_300);
    }
  }

  @Test
  void refusesWithoutABackend() throws IOException {
    try (Sandboxes none = openSandboxes(List.of())) {
      ToolResult result =
          registry(none).call("execute", Map.of("name", "bash", "input", "true"), context);

      assertThat(result.isError()).isTrue();
      assertThat(result.text()).contains("No sandbox backend works here");
    }
  }

  @Test
  void namesAnArgumentThatAnActionNeeds() {
    assertThat(call("sandbox", Map.of("action", "logs")))
        .isEqualTo(ToolResult.error("action logs needs the argument `process`"));
    assertThat(call("execute", Map.of("name", "bash", "input", "x", "timeout", 0)).text())
        .isEqualTo("timeout_s is 0, but must be 1 to 3600");
  }

  @Test
  @Tag("bubblewrap")
  void eachInputIsInTheLogBeforeItsAnswer() throws IOException {
    bash("head -c 100000 /dev/zero | tr '\\0' x; exit 3");

    assertThat(events()).extracting(Event::type).containsExactly("exec.started", "exec.ended");
    assertThat(events().get(0).data())
        .containsEntry("executor", "bash")
        .containsEntry("sandbox", "default")
        .containsEntry(
            "input_sha256",
            Sha256.hex("head -c 100000 /dev/zero | tr '\\0' x; exit 3".getBytes(UTF_8)));
    assertThat(events().get(1).data().toString())
        .contains("outcome=exit, code=3, output_bytes=100000, omitted=[12288, 87712]")
        .contains("cpu_us=", "peak_bytes=");
  }

  @Test
  @Tag("bubblewrap")
  void aFailingCommandIsANormalResult() throws IOException {
    ToolResult result = bash("echo two > a.txt; printf oops; exit 3");

    assertThat(result.isError()).isFalse();
    assertThat(result.text())
        .isEqualTo(
            "oops\n[1 file changed in the sandbox; `sandbox` diff lists, apply brings back]\n"
                + "exit 3");
    assertThat(result.meta()).containsEntry("exit_code", 3).containsEntry("changed_files", 1);
  }

  @Test
  @Tag("bubblewrap")
  void aTimeoutIsAnErrorWithTheOutput() throws IOException {
    ToolResult result =
        call("execute", Map.of("name", "bash", "code", "echo x; sleep 60", "timeout_s", 1));

    assertThat(result.isError()).isTrue();
    assertThat(result.text()).startsWith("x\nTIMEOUT: killed").contains("after 1 s");
  }

  @Test
  @Tag("bubblewrap")
  void storesWhatTheAnswerLeavesOut() throws IOException {
    ToolResult result = bash("seq 1 100000");

    assertThat(result.text())
        .startsWith("1\n2\n")
        .contains("all is stored as result `r-1` (.homeport/results/r-1)")
        .endsWith("\n100000\nexit 0")
        .hasSizeLessThan(30_000);
    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst()).hasLineCount(100_000);
  }

  @Test
  @Tag("bubblewrap")
  void reportsProgress() throws IOException {
    assertThat(bash("for i in 1 2 3; do echo line $i; sleep 0.8; done").isError()).isFalse();

    assertThat(progress).isNotEmpty().allMatch(message -> message.startsWith("line "));
  }

  @Test
  @Tag("bubblewrap")
  void bringsChangesBack() throws IOException {
    bash("echo two > a.txt; echo new > b.txt");
    assertThat(call("sandbox", Map.of("action", "diff")).text())
        .isEqualTo("2 files changed:\nchanged a.txt (4 bytes)\nadded   b.txt (4 bytes)");
    Files.writeString(root.resolve("a.txt"), "mine\n");

    ToolResult applied = call("sandbox", Map.of("action", "apply"));

    assertThat(applied.isError()).isTrue();
    assertThat(applied.text())
        .contains("applied  b.txt (added)")
        .contains("CONFLICT a.txt: it was changed in the workspace as well");
    assertThat(root.resolve("a.txt")).hasContent("mine");
    assertThat(root.resolve("b.txt")).hasContent("new");
  }

  @Test
  @Tag("bubblewrap")
  void runsInTheBackground() throws IOException {
    ToolResult started =
        call("execute", Map.of("name", "bash", "input", "sleep 60", "background", true));

    assertThat(started.text()).startsWith("Started p1 in sandbox 'default'");
    assertThat(call("sandbox", Map.of("action", "list")).text())
        .contains("default: bubblewrap; executors: bash, python")
        .contains("p1 bash: running");
    assertThat(call("sandbox", Map.of("action", "logs", "process", "p1")).text())
        .contains("all read of 0 bytes; read on with cursor 0");
    assertThat(call("sandbox", Map.of("action", "kill", "process", "p1")).text())
        .contains("p1 bash: exit 137");
    assertThat(call("sandbox", Map.of("action", "kill", "process", "p7")).text())
        .contains("there are: p1");
  }

  @Test
  @Tag("bubblewrap")
  void pausesAndTellsWhatIsUsed() throws IOException {
    assertThat(call("sandbox", Map.of("action", "pause")).text())
        .isEqualTo("Sandbox 'default' is made by its first execute.");
    bash("true");

    assertThat(call("sandbox", Map.of("action", "pause")).text())
        .isEqualTo("Sandbox 'default' is frozen until resume or the next execute.");
    assertThat(call("sandbox", Map.of("action", "stats")).text())
        .matches("Sandbox 'default': [\\d,]+ ms of processor time, [\\d,]+ bytes of memory");
    assertThat(call("sandbox", Map.of("action", "resume")).text())
        .isEqualTo("Sandbox 'default' is running.");
    call("sandbox", Map.of("action", "pause"));
    assertThat(bash("echo awake").text()).startsWith("awake\n");
  }

  @Test
  @Tag("bubblewrap")
  void forks() throws IOException {
    bash("echo two > a.txt");

    assertThat(call("sandbox", Map.of("action", "fork")).text())
        .isEqualTo("action fork needs the argument `as`");
    assertThat(call("sandbox", Map.of("action", "fork", "as", "twin")).text())
        .isEqualTo("Forked sandbox 'default' as 'twin'.");

    assertThat(
            call("execute", Map.of("name", "bash", "input", "cat a.txt", "sandbox", "twin")).text())
        .startsWith("two\n");
  }

  @Test
  @Tag("bubblewrap")
  void putsGetsCreatesAndStops() throws IOException {
    call("sandbox", Map.of("action", "create", "name", "other"));
    call("sandbox", Map.of("action", "put", "name", "other", "path", "/tmp/x", "content", "hello"));

    assertThat(call("sandbox", Map.of("action", "get", "name", "other", "path", "/tmp/x")).text())
        .isEqualTo("hello");
    assertThat(call("sandbox", Map.of("action", "get", "path", "/tmp/x")).isError()).isTrue();
    assertThat(call("sandbox", Map.of("action", "stop", "name", "other")).isError()).isFalse();
    assertThat(call("sandbox", Map.of("action", "stop", "name", "other")).text())
        .contains("There is no sandbox 'other'");
  }
}
