package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.ReadCopies;
import dev.homeport.memory.MemoryStore;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryToolsTest {
  private static final String SECRET = "hunter2-do-not-tell";

  @TempDir Path temporary;
  Path root;
  ToolRegistry registry;

  @BeforeEach
  void setUp() throws IOException {
    root = Files.createDirectories(temporary.resolve("workspace"));
    Workspace user = Workspace.openPrivate(temporary.resolve("home/memory"), Durability.FULL);
    Lazy<Workspace> workspace = Lazy.of(() -> Workspace.open(root));
    Lazy<MemoryStore> memory = Lazy.of(() -> MemoryStore.of(workspace.get(), user));
    Lazy<ReadCopies> copies = Lazy.of(() -> ReadCopies.in(temporary.resolve("copies")));
    registry =
        ToolRegistry.of(
            Map.of(
                Toolset.MEMORY,
                List.of(new MemoryTools(memory), new HistoryTools(workspace, memory, copies)),
                Toolset.FILES,
                List.of(new FileTools(workspace, copies))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(
            (requested, _) -> requested.orElse("s-1"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private void write(String path, String content) {
    ToolResult result = call("write_file", Map.of("path", path, "content", content));
    assertThat(result.isError()).as(result.text()).isFalse();
  }

  private ToolResult history(String command, Map<String, ?> more) {
    var arguments = new HashMap<String, Object>(more);
    arguments.put("command", command);
    return call("history", arguments);
  }

  private String done(String command, Map<String, ?> more) {
    ToolResult result = history(command, more);
    assertThat(result.isError()).as(result.text()).isFalse();
    return result.text();
  }

  private String refused(String command, Map<String, ?> more) {
    ToolResult result = history(command, more);
    assertThat(result.isError()).as(result.text()).isTrue();
    return result.text();
  }

  /// The id in a line of the list, from 0 for the newest.
  private String id(String path, int line) {
    String text = done("list", Map.of("path", path)).split("\n", -1)[line];
    return text.substring(0, text.indexOf(' '));
  }

  @Test
  void listsWhoChangedWhatAndWhy() {
    write("a.md", "one\n");
    write("a.md", "two\n");
    call(
        "memory",
        Map.of("command", "create", "path", "/memories/n", "file_text", "x", "reason", "a\nb"));

    assertThat(done("list", Map.of()).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("ver_"))
        .first()
        .asString()
        .contains(" created /memories/n (1 bytes) by ")
        .endsWith(", memory, session s-1: a b");
    ToolResult page = history("list", Map.of("path", "a.md", "limit", 1));
    assertThat(page.text())
        .contains(" modified a.md (4 bytes)")
        .contains("go on with before: ver_");
    Object next = page.meta().getOrDefault("next_before", "");
    assertThat(done("list", Map.of("path", "a.md", "before", next))).contains(" created a.md");
    assertThat(done("list", Map.of("operation", "created", "tool", "memory")).lines()).hasSize(1);
    assertThat(done("list", Map.of("since", "2100-01-01"))).startsWith("No version of . matches");
    assertThat(refused("list", Map.of("since", "soon"))).contains("2026-11-25T12:00:00Z");
  }

  @Test
  void showsDifferences() throws IOException {
    write("a.md", "one\n");
    write("a.md", "two\n");
    String first = id("a.md", 1);

    assertThat(done("diff", Map.of("version", id("a.md", 0)))).contains("-one\n+two");
    assertThat(done("diff", Map.of("version", first, "to", id("a.md", 0)))).contains("+two");
    Files.writeString(root.resolve("a.md"), "now\n");
    assertThat(done("diff", Map.of("version", first, "to", "now"))).contains("-one\n+now");
    assertThat(refused("diff", Map.of())).contains("diff needs version");
    assertThat(refused("diff", Map.of("version", "ver_x"))).contains("no version ver_x");
  }

  @Test
  void restoresFilesAndWhatWasDeleted() {
    write("d/a", "one\n");
    write("d/b", "two\n");
    call("edit_file", Map.of("path", "d", "delete", true, "recursive", true));

    assertThat(done("restore", Map.of("path", "d"))).isEqualTo("Restored 2 files:\nd/a\nd/b");
    assertThat(root.resolve("d/a")).hasContent("one\n");
    write("d/a", "other\n");
    String deletion = id("d/a", 2);
    assertThat(refused("restore", Map.of("version", deletion)))
        .startsWith("memory_path_conflict_error: something else stands at d/a");
    assertThat(refused("restore", Map.of("version", deletion, "expected_sha256", "00")))
        .startsWith("memory_precondition_failed_error")
        .contains("-other\n+one");
    assertThat(done("restore", Map.of("version", id("d/a", 1), "reason", "better")))
        .startsWith("Restored d/a.\nsha256 ");
    assertThat(done("list", Map.of("path", "d/a"))).contains(": better (restores ver_");
  }

  @Test
  void worksOnTheMemoryOfProjectAndUser() {
    for (String path : List.of("/memories/n", "/memories/user/n")) {
      call("memory", Map.of("command", "create", "path", path, "file_text", "one\n"));
      call("memory", Map.of("command", "delete", "path", path));

      assertThat(done("list", Map.of("path", path))).contains(" deleted " + path + " (4 bytes)");
      String created = id(path, 1);
      assertThat(done("diff", Map.of("version", created))).contains("+one");
      assertThat(done("restore", Map.of("path", path))).startsWith("Restored " + path);
    }
    assertThat(temporary.resolve("home/memory/n")).hasContent("one\n");
    assertThat(refused("list", Map.of("path", "/memories/../x"))).contains("would escape");
  }

  @Test
  void redactsSoThatNothingTellsTheSecretAnyMore() throws IOException {
    write("a.md", SECRET);
    String id = id("a.md", 0);
    assertThat(call("read_file", Map.of("path", "a.md")).text()).contains(SECRET);
    assertThat(temporary.resolve("copies")).isNotEmptyDirectory();
    assertThat(refused("redact", Map.of("version", id, "reason", "leak")))
        .startsWith("a.md still has that content");
    write("a.md", "clean\n");

    assertThat(refused("redact", Map.of("version", id))).contains("reason");
    assertThat(done("redact", Map.of("version", id, "reason", "leak")))
        .startsWith("Redacted: 1 content(s) are gone from 2 version(s)");

    assertThat(refused("diff", Map.of("version", id))).contains("was redacted");
    assertThat(done("list", Map.of("path", "a.md")))
        .contains(" redacted a.md by ", ": leak")
        .contains(" created a.md [content redacted]");
    try (var files = Files.walk(temporary)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8))
            .doesNotContain(SECRET);
      }
    }
    assertThat(refused("redact", Map.of("path", "a.md", "reason", "leak")))
        .contains("nothing to redact");
  }

  @Test
  void tellsBinaryContentsByDigest() throws IOException {
    Files.write(root.resolve("a"), new byte[] {0, (byte) 0xFF});
    write("a", "text\n");

    assertThat(done("diff", Map.of("version", id("a", 0))))
        .contains("before: 2 bytes, sha256 ")
        .contains("after: 5 bytes, sha256 ");
  }
}
