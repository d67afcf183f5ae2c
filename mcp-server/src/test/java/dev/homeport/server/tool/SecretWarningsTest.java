package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.ReadCopies;
import dev.homeport.memory.MemoryStore;
import dev.homeport.server.tool.schema.RecordJson;
import dev.homeport.session.SessionOwner;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deliberate writes keep what was written and say what it looks like.
class SecretWarningsTest {
  private static final String TOKEN = "ghp_" + "a1".repeat(18);
  private static final String END = " It was written as it is; if it is one, take it out.";

  @TempDir Path root;
  Lazy<Sessions> sessions;
  ToolRegistry registry;

  @BeforeEach
  void open() {
    Lazy<Workspace> workspace = Lazy.of(() -> Workspace.open(root));
    sessions = Lazy.of(() -> Sessions.in(workspace.get(), InstantSource.system()));
    Lazy<MemoryStore> memory = Lazy.of(() -> MemoryStore.of(workspace.get(), null));
    registry =
        ToolRegistry.of(
            Map.of(
                Toolset.FILES, List.of(new FileTools(workspace, Lazy.of(() -> ReadCopies.NONE))),
                Toolset.MEMORY, List.of(new MemoryTools(memory)),
                Toolset.PLAN, List.of(new PlanTools(workspace, sessions))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    SessionSource source =
        (_, client) -> sessions.get().resolve(new SessionOwner("ada", client), null).id().text();
    var context = new ToolContext(source, "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private static String warning(String found) {
    return "Warning: this looks like a secret: " + found + "." + END;
  }

  @Test
  void aFileIsWrittenWithAWarningBeforeItsDigest() {
    ToolResult written =
        call("write_file", Map.of("path", "a", "content", "one\nt = " + TOKEN + "\n"));

    assertThat(written.text().lines().toList())
        .hasSize(3)
        .contains(warning("github-token in line 2 of content"))
        .last()
        .asString()
        .startsWith("sha256 ");
    assertThat(root.resolve("a")).hasContent("one\nt = " + TOKEN + "\n");
    assertThat(
            call("write_file", Map.of("path", "b", "content", "key AKIAIOSFODNN7EXAMPLE")).text())
        .doesNotContain("Warning");
  }

  @Test
  void anEditNamesTheReplacementAndARefusalWarnsOfNothing() {
    call("write_file", Map.of("path", "a", "content", "one two"));
    var edits =
        List.of(
            Map.of("old_text", "one", "new_text", "1"),
            Map.of("old_text", "two", "new_text", "2\nDB=postgres://app:s3cr3t@db"));

    assertThat(call("edit_file", Map.of("path", "a", "edits", edits)).text())
        .contains("\n" + warning("url-password in line 2 of edit 2") + "\nsha256 ");
    assertThat(call("edit_file", Map.of("path", "a", "edits", edits)))
        .satisfies(
            refused -> assertThat(refused.isError()).isTrue(),
            refused -> assertThat(refused.text()).doesNotContain("Warning"));
  }

  @Test
  void memoryKeepsItsWordsAndWarnsInMeta() {
    ToolResult made =
        call(
            "memory",
            Map.of("command", "create", "path", "/memories/a", "file_text", "x\n" + TOKEN));

    assertThat(made.text()).isEqualTo("File created successfully at: /memories/a");
    assertThat(made.meta())
        .containsEntry("warning", warning("github-token in line 2 of file_text"));
    assertThat(call("memory", Map.of("command", "view", "path", "/memories/a")).meta())
        .doesNotContainKey("warning");
    assertThat(
            call(
                "remember",
                Map.of("name", "n", "description", "d", "type", "project", "body", TOKEN)))
        .satisfies(remembered ->
            assertThat(remembered.text())
                .endsWith("\n" + warning("github-token in line 1 of body")));
  }

  @Test
  void plansAndNotesWarnInTextAndStructure() {
    ToolResult updated =
        call(
            "plan_update",
            Map.of(
                "operations",
                List.of(
                    Map.of("op", "set_goal", "text", "Rotate"),
                    Map.of("op", "decide", "text", "Keep", "reason", "as " + TOKEN))));

    String expected = warning("github-token in line 2 of operation 2");
    assertThat(updated.text()).contains("\n" + expected + "\nsha256 ");
    assertThat(RecordJson.of(updated.structured().orElseThrow()))
        .containsEntry("warning", expected);
    assertThat(call("note", Map.of("text", "found it", "source", "curl " + TOKEN)).text())
        .contains("\n" + warning("github-token in line 1 of source") + "\nsha256 ");
  }

  @Test
  void namesAFewOfMany() {
    String content = (TOKEN + "\n").repeat(8);

    assertThat(call("write_file", Map.of("path", "a", "content", content)).text())
        .contains("github-token in line 5 of content and 3 more. It was")
        .doesNotContain("line 6");
  }
}
