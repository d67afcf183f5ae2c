package dev.homeport.server.demo;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the agent does from morning to evening: a bug report comes in, and the server crashes once.
final class WorkingDay {
  private static final String GOAL = "Invoice totals equal the booked ones again";
  private static final Set<String> NEEDED =
      Set.of(
          "memory",
          "remember",
          "read_file",
          "write_file",
          "edit_file",
          "plan_get",
          "plan_update",
          "note",
          "wake",
          "session_emit",
          "session_events",
          "result_store",
          "result_read",
          "grep",
          "glob",
          "search",
          "skill_search",
          "skill_load",
          "skill_read",
          "execute",
          "sandbox");

  private final Stage stage;
  private final Repair repair;

  WorkingDay(Stage stage) {
    this.stage = stage;
    this.repair = new Repair(stage);
  }

  void live() throws DemoFailure, InterruptedException {
    arrive();
    plan();
    investigate();
    repair.seeItFail();
    repair.fix();
    repair.writeDown();
    stage.chapter("The server crashes");
    stage.crash();
    goOn();
  }

  private void arrive() throws DemoFailure {
    stage.chapter("Arrive: where was I, and what do I know?");
    long start = System.nanoTime();
    List<Tool> tools = stage.server().tools();
    Set<String> names = tools.stream().map(Tool::name).collect(Collectors.toSet());
    stage.event("tools/list", tools.size() + " tools", Duration.ofNanos(System.nanoTime() - start));
    stage.require(names.containsAll(NEEDED), () -> "tools are missing; there are only " + names);
    stage.perform(
        Act.of("wake", "rules of the project, memories, skills")
            .expecting("not line by line (ADR 2)", "Running the tests", "debug-from-logs"));
    stage.perform(
        Act.of("memory", "what is remembered about the tests")
            .with("command", "view")
            .with("path", "/memories/running-tests.md")
            .expecting("python3 -m unittest"));
  }

  private void plan() throws DemoFailure {
    stage.chapter("Plan: 'totals are off by a cent since Tuesday' (SHOP-482)");
    stage.perform(
        Act.of("plan_update", "a plan that outlives this process")
            .with(
                "operations",
                List.of(
                    Act.fields("op", "set_goal", "text", GOAL),
                    phase("Find the cause", "When did it begin", "What is the rule"),
                    phase("Fix it", "See a test fail", "Change the code", "All tests pass"),
                    phase("Close the ticket", "Reconciliation finds no difference")))
            .expecting("0/3 phases complete, 0/6 items checked"));
    stage.perform(
        Act.of("skill_search", "has somebody worked out how to do this?")
            .with("query", "invoice totals are off by a cent since a release, logs exist")
            .expecting("debug-from-logs"));
    stage.perform(
        Act.of("skill_load", "so this is how we do it here")
            .with("name", "debug-from-logs")
            .expecting("When did it begin?", "scripts/log_timeline.py"));
    stage.perform(
        Act.of("skill_read", "a file of the skill, only when it is needed")
            .with("name", "debug-from-logs")
            .with("path", "references/log-format.md")
            .expecting("key=value"));
  }

  private static Map<String, Object> phase(String title, String... items) {
    return Act.fields("op", "add_phase", "text", title, "items", List.of(items));
  }

  private void investigate() throws DemoFailure {
    stage.chapter("Investigate: when did it begin, and why?");
    stage.perform(
        Act.of("grep", "since when do totals differ?")
            .with("pattern", "reconcile summary .* differ=")
            .with("path", "logs")
            .expecting("differ=0", "differ=3", "differ=17"));
    stage.perform(
        Act.of("grep", "what was deployed in between?")
            .with("pattern", "started release=")
            .with("path", "logs")
            .with("literal", true)
            .expecting("SHOP-463 converter returns amounts ready to be shown"));
    stage.perform(
        Act.of("search", "is there a rule for that?")
            .with("query", "when may a converted price be rounded")
            .expecting("docs/adr/0002-round-once-per-invoice.md"));
    stage.perform(
        Act.of("grep", "who rounds?")
            .with("pattern", "rounded()")
            .with("literal", true)
            .with("path", "orders")
            .expecting("orders/currency.py"));
    stage.perform(
        Act.of("glob", "which tests are there?")
            .with("pattern", "tests/test_*.py")
            .expecting("tests/test_invoicing.py"));
    stage.perform(
        Act.of("note", "the finding, with its source")
            .with("text", "Release 2026.46.1 made the converter round each line; ADR 2 forbids it.")
            .with("source", "orders/currency.py:17")
            .expecting("Noted in notes.md"));
    stage.perform(
        Act.of("plan_update", "the first phase is done")
            .with("operations", done(1, "When did it begin", "What is the rule"))
            .expecting("1/3 phases complete, 2/6 items checked"));
  }

  /// Checks these items, which must be the last open ones of the phase, and completes it.
  static List<Map<String, Object>> done(int phase, String... items) {
    var operations = new ArrayList<Map<String, Object>>();
    for (String item : items) {
      operations.add(Act.fields("op", "check", "phase", phase, "item", item));
    }
    operations.add(Act.fields("op", "set_status", "phase", phase, "status", "complete"));
    return operations;
  }

  private void goOn() throws DemoFailure {
    stage.chapter("Go on where the last process stopped");
    stage.perform(
        Act.of("wake", "a new process: what was I doing?")
            .expecting(GOAL, "Round converted lines once", "the fix is in"));
    stage.perform(
        Act.of("session_events", "the last checkpoint in the log")
            .with("types", List.of("checkpoint"))
            .expecting("SHOP-482"));
    repair.verify();
    stage.perform(
        Act.of("plan_get", "is anything left?")
            .expecting(
                GOAL,
                stage.noSandbox().isEmpty()
                    ? "3/3 phases complete, 6/6 items checked"
                    : "1/3 phases complete, 3/6 items checked"));
  }
}
