package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.result.ResultStore;
import dev.homeport.server.tool.schema.RecordJson;
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

class PlanToolsTest {
  @TempDir Path root;
  ToolRegistry registry;
  Lazy<Sessions> sessions;

  @BeforeEach
  void open() {
    Lazy<Workspace> workspace = Lazy.of(() -> Workspace.open(root));
    sessions = Lazy.of(() -> Sessions.in(workspace.get(), InstantSource.system()));
    registry =
        ToolRegistry.of(
            Map.of(Toolset.PLAN, List.of(new PlanTools(workspace, sessions))),
            ToolRegistry.Selection.ALL,
            ResultTools.sink(
                Lazy.of(() -> ResultStore.in(workspace.get(), InstantSource.system()))));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(SessionTools.source(sessions, "ada"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private ToolResult update(Object... operations) {
    return call("plan_update", Map.of("operations", List.of(operations)));
  }

  private static Map<String, Object> structured(ToolResult result) {
    return RecordJson.of(result.structured().orElseThrow());
  }

  @Test
  void makesAPlanAndChecksItOff() throws IOException {
    ToolResult made =
        update(
            Map.of("op", "set_goal", "goal", "Exact totals"),
            Map.of("op", "add_phase", "title", "Fix", "items", List.of("Test first", "Change")),
            Map.of("op", "set_next", "text", "Write the test"));
    ToolResult checked =
        update(
            Map.of("op", "check", "phase", 1, "item", "1"),
            Map.of("op", "set_status", "phase", 1, "status", "in_progress"),
            Map.of("op", "decide", "decision", "half-up", "rationale", "the law says so"),
            Map.of("op", "log_error", "error", "NPE", "resolution", "check for null"),
            Map.of("op", "add_item", "phase", 1, "text", "Review"),
            Map.of("op", "uncheck", "item", "Change"));

    assertThat(made.text()).startsWith("Made task_plan.md: 0/1 phases complete, 0/2 items checked");
    assertThat(structured(checked))
        .containsEntry("path", "task_plan.md")
        .containsEntry("created", false)
        .containsEntry("items", 3)
        .containsEntry("items_done", 1);
    ToolResult read = call("plan_get", Map.of());
    assertThat(read.text())
        .isEqualTo(
            "task_plan.md: 0/1 phases complete, 1/3 items checked.\n\n"
                + Files.readString(root.resolve("task_plan.md"))
                + "\nsha256 "
                + structured(checked).get("sha256"));
    assertThat(read.meta()).containsEntry("counts", List.of(1, 0, 3, 1));
  }

  @Test
  void refusesAChangeOfAPlanThatIsAnother() {
    update(Map.of("op", "set_goal", "text", "a"));

    ToolResult stale =
        call(
            "plan_update",
            Map.of(
                "operations",
                List.of(Map.of("op", "set_goal", "text", "b")),
                "expected_sha256",
                "0".repeat(64)));

    assertThat(stale.isError()).isTrue();
    assertThat(stale.text())
        .startsWith("memory_precondition_failed_error")
        .contains("Goal: a")
        .contains("plan_get");
  }

  @Test
  void bindsThePlanToTheSessionAndNeverGuesses() throws IOException {
    update(Map.of("op", "set_goal", "text", "unnamed"));
    ToolResult named =
        call(
            "plan_update",
            Map.of("task", "b", "operations", List.of(Map.of("op", "set_goal", "text", "named"))));

    assertThat(structured(named)).containsEntry("path", ".planning/b/task_plan.md");
    assertThat(call("plan_get", Map.of()).text()).contains("named");
    ToolResult other = call("plan_get", Map.of("session", "other"));
    assertThat(other.isError()).isTrue();
    assertThat(other.text()).contains("task_plan.md, .planning/b/task_plan.md");
    Files.writeString(root.resolve(".planning/.active_plan"), "b\n");
    assertThat(call("plan_get", Map.of("session", "other")))
        .satisfies(hinted -> assertThat(hinted.isError()).isTrue())
        .satisfies(hinted ->
            assertThat(hinted.text())
                .endsWith("(.planning/.active_plan says .planning/b/task_plan.md)"));
    assertThat(call("plan_get", Map.of("session", "other", "task", "task_plan.md")).text())
        .contains("unnamed");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(call("plan_get", Map.of()).text()).contains("plan_update makes one");
    assertThat(update(Map.of("op", "set_goal")).text()).isEqualTo("op set_goal needs `text`");
    assertThat(update(Map.of("op", "check", "item", "x")).text()).contains("Nothing was changed");
    assertThat(update().text()).contains("operations is empty");
  }

  @Test
  void aFreeFormPlanIsNotPhaseStructured() throws IOException {
    Files.writeString(root.resolve("task_plan.md"), "think, then do");

    assertThat(call("plan_get", Map.of()).text())
        .startsWith("task_plan.md: not phase-structured.\n\nthink, then do\n");
  }

  @Test
  void notesFindingsAndWarnsAboutSecrets() {
    String token = "ghp_" + "a1".repeat(18);

    ToolResult noted = call("note", Map.of("finding", "t " + token, "source", "log:1"));

    assertThat(noted.text()).contains("Noted in notes.md.").contains("Warning").contains("sha256 ");
    assertThat(root.resolve("notes.md")).content().contains(token).contains("Source: log:1");
    assertThat(call("note", Map.of("text", " ")).isError()).isTrue();
  }

  @Test
  void schemasAreSmall() {
    assertThat(registry.definitions())
        .extracting(ToolDefinition::name)
        .containsExactly("note", "plan_get", "plan_update");
    assertThat(registry.definitions())
        .allSatisfy(tool ->
            assertThat(tool.description().length() + tool.inputSchema().toString().length())
                .isLessThan(1_100));
  }
}
