package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.memory.MemoryStore;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryToolsTest {
  @TempDir Path temporary;
  Path memory;
  ToolRegistry registry;

  @BeforeEach
  void setUp() throws IOException {
    Path workspace = Files.createDirectories(temporary.resolve("workspace"));
    memory = workspace.resolve(".homeport/memory");
    Path user = temporary.resolve("home/memory");
    var tools =
        new MemoryTools(
            Lazy.of(() ->
                MemoryStore.of(
                    Workspace.open(workspace), Workspace.openPrivate(user, Durability.FULL))));
    registry =
        ToolRegistry.of(
            Map.of(Toolset.MEMORY, List.of(tools)),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(
            (requested, _) -> requested.orElse("s-1"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private ToolResult memory(String command, Map<String, ?> more) {
    var arguments = new HashMap<String, Object>(more);
    arguments.put("command", command);
    return call("memory", arguments);
  }

  private String done(String command, Map<String, ?> more) {
    ToolResult result = memory(command, more);
    assertThat(result.isError()).as(result.text()).isFalse();
    return result.text();
  }

  @Test
  void runsAllSixCommandsInTheDocumentedWords() {
    assertThat(done("create", Map.of("path", "/memories/a", "file_text", "one\n")))
        .isEqualTo("File created successfully at: /memories/a");
    assertThat(done("view", Map.of("path", "/memories/a", "view_range", List.of(1, 1))))
        .isEqualTo("Here's the content of /memories/a with line numbers:\n     1\tone");
    assertThat(
            done("str_replace", Map.of("path", "/memories/a", "old_str", "one", "new_str", "two")))
        .isEqualTo("The memory file has been edited.\n     1\ttwo\n     2\t");
    assertThat(
            done("insert", Map.of("path", "/memories/a", "insert_line", 1, "insert_text", "three")))
        .isEqualTo("The file /memories/a has been edited.");
    assertThat(done("rename", Map.of("old_path", "/memories/a", "new_path", "/memories/d/b")))
        .isEqualTo("Successfully renamed /memories/a to /memories/d/b");
    assertThat(memory.resolve("d/b")).hasContent("two\nthree\n");
    assertThat(done("delete", Map.of("path", "/memories/d")))
        .isEqualTo("Successfully deleted /memories/d");
  }

  @Test
  void putsExtraFactsInMetaAlone() {
    ToolResult created =
        memory("create", Map.of("path", "/memories/a", "file_text", "one\n", "reason", "test"));

    assertThat(created.structured()).isEmpty();
    assertThat(created.meta())
        .containsEntry("path", "/memories/a")
        .containsEntry("bytes", 4L)
        .containsEntry("lines", 1L)
        .containsKey("sha256");
  }

  @Test
  void tellsWhoseEditIsStale() {
    String sha =
        (String)
            memory("create", Map.of("path", "/memories/a", "file_text", "one"))
                .meta()
                .getOrDefault("sha256", "");
    var edit =
        Map.of("path", "/memories/a", "old_str", "one", "new_str", "one!", "expected_sha256", sha);

    assertThat(memory("str_replace", edit).isError()).isFalse();
    assertThat(memory("str_replace", edit))
        .returns(true, ToolResult::isError)
        .extracting(ToolResult::text)
        .asString()
        .startsWith("memory_precondition_failed_error: /memories/a has sha256 ");
  }

  @Test
  void saysWhichArgumentIsMissing() {
    ToolResult result = memory("insert", Map.of("path", "/memories/a", "insert_text", "x"));

    assertThat(result.isError()).isTrue();
    assertThat(result.text()).contains("insert needs insert_line");
    assertThat(memory("view", Map.of("path", "/memories", "view_range", List.of(1))).text())
        .contains("view_range must be [first, last]");
    assertThat(memory("view", Map.of("path", "/etc/passwd")).isError()).isTrue();
  }

  @Test
  void showsPicturesAsImages() throws IOException {
    Files.createDirectories(memory);
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    Files.write(memory.resolve("a.png"), png);

    assertThat(memory("view", Map.of("path", "/memories/a.png")).images())
        .containsExactly(ToolResult.Image.of(png, "image/png"));
  }

  @Test
  void keepsTwentyParallelEdits() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("slot ").append(i).append(".\n");
    }
    done("create", Map.of("path", "/memories/a", "file_text", text.toString()));
    var calls = new ArrayList<Callable<ToolResult>>();
    for (int i = 0; i < 20; i++) {
      var edit =
          Map.of("path", "/memories/a", "old_str", "slot " + i + ".", "new_str", "done " + i + ".");
      calls.add(() -> memory("str_replace", edit));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(call.get().isError()).isFalse();
      }
    }

    assertThat(memory.resolve("a")).content().isEqualTo(text.toString().replace("slot", "done"));
  }

  @Test
  void remembersAndTellsConflicts() {
    var fact =
        Map.of(
            "name", "Payment retries", "description", "At most 3", "type", "project", "body", "3");

    assertThat(call("remember", fact).text())
        .isEqualTo("Remembered in /memories/payment-retries.md, listed in /memories/MEMORY.md.");
    assertThat(call("remember", fact).text()).startsWith("Already remembered in ");
    var other = new HashMap<String, Object>(fact);
    other.put("body", "5");
    ToolResult conflict = call("remember", other);
    assertThat(conflict.isError()).isTrue();
    assertThat(conflict.text()).startsWith("memory_path_conflict_error").endsWith("3\n");
    other.put("expected_sha256", conflict.meta().getOrDefault("sha256", ""));
    assertThat(call("remember", other).text()).startsWith("Replaced in ");
  }

  @Test
  void remembersForTheUser() {
    var fact =
        Map.of("name", "Tabs", "description", "d", "type", "user", "body", "b", "scope", "user");

    assertThat(call("remember", fact).text()).contains("/memories/user/tabs.md");
    assertThat(temporary.resolve("home/memory/tabs.md")).exists();
  }
}
