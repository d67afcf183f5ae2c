package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.memory.MemoryStore;
import dev.homeport.plan.PlanChange;
import dev.homeport.plan.Plans;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextToolsTest {
  @TempDir Path root;
  Lazy<Workspace> workspace;
  Lazy<Sessions> sessions;
  ToolRegistry registry;

  @BeforeEach
  void open() {
    workspace = Lazy.of(() -> Workspace.open(root));
    sessions = Lazy.of(() -> Sessions.in(workspace.get(), InstantSource.system()));
    var wake =
        new WakeReport(
            workspace,
            sessions,
            Lazy.of(() -> MemoryStore.of(workspace.get(), null)),
            (file, _) ->
                file.map(path -> "- for " + path).orElse("- debug-from-logs: finds causes"),
            WakeReport.InstructionSources.NONE);
    registry =
        ToolRegistry.of(
            Map.of(Toolset.CONTEXT, List.of(new ContextTools(wake), new SessionTools(sessions))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(SessionTools.source(sessions, "ada"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  @Test
  void wakesWithEverythingThatIsKnown() throws Exception {
    file("CLAUDE.md", "Be exact. @docs/style.md");
    file("docs/style.md", "Two spaces.");
    file(".homeport/memory/MEMORY.md", "- [lesson](lesson.md): round late\n");
    Plans.in(workspace.get())
        .update(
            workspace.get().path("task_plan.md"),
            List.of(new PlanChange.SetGoal("Exact totals")),
            null);
    call("session_emit", Map.of("type", "checkpoint", "data", Map.of("at", "half")));
    call("session_emit", Map.of("type", "x", "session", "side"));

    ToolResult wake = call("wake", Map.of("session", "side"));

    assertThat(wake.isError()).isFalse();
    assertThat(wake.text())
        .startsWith("# Session\nThis is session `side`")
        .containsSubsequence(
            "Others",
            " test, active ",
            "# Plan\ntask_plan.md\nTask: Exact totals\nGoal: Exact totals",
            "# Last events\n0 ",
            "# Memory index\n/memories/MEMORY.md:\n- [lesson]",
            "# Skills\n- debug-from-logs",
            "# Instructions\n## CLAUDE.md (24 characters)\nBe exact.",
            "## docs/style.md (11 characters, imported by CLAUDE.md)\nTwo spaces.");
  }

  @Test
  void tellsTheRulesForAFileThatIsWorkedOn() throws Exception {
    file(".claude/rules/api.md", "---\npaths: src/**/*.ts\n---\nValidate input.");
    file("src/a.ts", "");
    file("src/CLAUDE.md", "Sources.");

    assertThat(call("wake", Map.of()).text())
        .contains("- .claude/rules/api.md holds for src/**/*.ts")
        .doesNotContain("Validate");
    assertThat(call("wake", Map.of("directory", "src/a.ts")).text())
        .contains("## .claude/rules/api.md", "Validate input.", "## src/CLAUDE.md")
        .doesNotContain("holds for");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500, 4_000})
  void neverTakesMoreThanItsBudget(int tokens) throws Exception {
    file("CLAUDE.md", "word ".repeat(20_000));
    file("AGENTS.md", "x".repeat(50_000));
    file(".homeport/memory/MEMORY.md", "- a line of memory\n".repeat(150));
    for (int i = 0; i < 20; i++) {
      call("session_emit", Map.of("type", "t", "data", Map.of("text", "y".repeat(500))));
    }

    String wake = call("wake", Map.of("tokens", tokens)).text();

    assertThat(wake.length()).isLessThanOrEqualTo(4 * tokens).isGreaterThan(2 * tokens);
    assertThat(wake).contains("[cut]");
  }

  @Test
  void goesOnWithTheSameSessionAfterARestart() throws Exception {
    Object before = call("wake", Map.of()).meta().get("session");
    open();

    assertThat(call("wake", Map.of()).meta()).containsEntry("session", before);
    assertThat(call("wake", Map.of("session", "../x")).isError()).isTrue();
    assertThat(call("wake", Map.of("tokens", 10)).text()).contains("must be 200 to 50000");
  }

  @Test
  void asksForSkillsForTheFileThatIsWorkedOn() throws IOException {
    file("src/a.ts", "x");

    assertThat(call("wake", Map.of("directory", "src/a.ts")).text())
        .contains("# Skills\n- for src/a.ts");
    assertThat(call("wake", Map.of("directory", "src")).text())
        .contains("# Skills\n- debug-from-logs");
  }
}
