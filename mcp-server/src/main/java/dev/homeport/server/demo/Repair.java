package dev.homeport.server.demo;

import java.util.List;
import java.util.Optional;

/// The part of the day that runs code and changes it.
final class Repair {
  private static final String FILE = "orders/currency.py";
  private static final String WRONG = "return Money(money.amount * rate, target).rounded()";
  private static final String RIGHT = "return Money(money.amount * rate, target)";
  private static final String TIMELINE =
      "python3 -B .claude/skills/debug-from-logs/scripts/log_timeline.py logs/*.log --common"
          + " mismatch";
  private static final String TESTS = "python3 -B -m unittest 2>&1";
  private static final String RECONCILE = "python3 -B -m orders reconcile";

  private final Stage stage;

  Repair(Stage stage) {
    this.stage = stage;
  }

  private static Act bash(String purpose, String script) {
    return Act.of("execute", purpose).with("name", "bash").with("input", script);
  }

  void seeItFail() throws DemoFailure {
    stage.chapter("Look closer and see it fail, in a sandbox");
    Reply python = stage.attempt(bash("is there a Python in it?", "python3 --version"));
    if (python.isError()) {
      stage.withoutSandbox(python.text());
    } else if (!python.text().contains("exit 0")) {
      stage.withoutSandbox("The sandbox has no Python: `apt-get install python3` gives it one.");
    }
    stage.performInSandbox(
        bash("the skill's script: what do the mismatches share?", TIMELINE)
            .expecting("20 lines", "converted", "exit 0"));
    stage.performInSandbox(
        bash("a test should show the bug", TESTS)
            .expecting("'53.76 EUR' != '53.77 EUR'", "FAILED (failures=1)", "exit 1"));
    Optional<Reply> report =
        stage.performInSandbox(
            bash("how many invoices are wrong? (long output)", RECONCILE + " --verbose")
                .expecting("stored as result", "300 invoices, 39 differ", "exit 1"));
    if (report.isPresent()) {
      stage.perform(
          Act.of("result_read", "a slice of it: stored, not in my context")
              .with("id", report.get().between("stored as result `", "`"))
              .with("grep", "MISMATCH")
              .with("max_lines", 3)
              .expecting("MISMATCH"));
    }
  }

  void fix() throws DemoFailure {
    stage.chapter("Fix it");
    Reply file =
        stage.perform(Act.of("read_file", "the culprit").with("path", FILE).expecting(WRONG));
    stage.perform(
        edit("an edit of a stale version is refused", "0".repeat(64))
            .expectingError("memory_precondition_failed_error"));
    stage.perform(
        edit("round once, as ADR 2 says", file.sha256())
            .expecting("-        " + WRONG, "+        " + RIGHT));
    stage.performInSandbox(
        bash("the sandbox sees the edited workspace", TESTS)
            .expecting("Ran 32 tests", "OK", "exit 0"));
    if (stage.noSandbox().isEmpty()) {
      stage.perform(
          Act.of("plan_update", "the second phase is done")
              .with(
                  "operations",
                  WorkingDay.done(2, "See a test fail", "Change the code", "All tests pass"))
              .expecting("2/3 phases complete, 5/6 items checked"));
    } else {
      stage.perform(
          Act.of("plan_update", "only what was really done")
              .with("operations", List.of(Act.fields("op", "check", "item", "Change the code")))
              .expecting("1/3 phases complete, 3/6 items checked"));
    }
  }

  private static Act edit(String purpose, String expectedSha256) {
    return Act.of("edit_file", purpose)
        .with("path", FILE)
        .with("edits", List.of(Act.fields("old_text", WRONG, "new_text", RIGHT)))
        .with("expected_sha256", expectedSha256);
  }

  void writeDown() throws DemoFailure {
    stage.chapter("Write down what the next one needs");
    stage.perform(
        Act.of("remember", "the lesson, with its line in the index")
            .with("name", "Round converted lines once")
            .with("type", "project")
            .with("description", "never round a line before the invoice is added up")
            .with("body", "The converter must not round (ADR 2): SHOP-482 came of it.")
            .expecting("round-converted-lines-once.md"));
    stage.perform(
        Act.of("result_store", "log lines for the ticket; the token in them is masked")
            .with("content", "header dump left on: Bearer ghp_" + "EXAMPLE".repeat(5) + "0")
            .expecting("1 secrets masked"));
    stage.perform(
        Act.of("write_file", "a release note for accounting")
            .with("path", "docs/releases/2026.47.0.md")
            .with("content", "Totals of invoices that mix currencies are right again (SHOP-482).\n")
            .expecting("sha256"));
    stage.perform(
        Act.of("session_emit", "a checkpoint")
            .with("type", "checkpoint")
            .with("data", Act.fields("text", "SHOP-482: the fix is in, reconciliation is next")));
  }

  void verify() throws DemoFailure {
    stage.performInSandbox(
        bash("the check that accounting trusts", RECONCILE)
            .expecting("300 invoices, 0 differ", "exit 0"));
    if (stage.noSandbox().isEmpty()) {
      stage.perform(
          Act.of("plan_update", "all is done")
              .with("operations", WorkingDay.done(3, "Reconciliation finds no difference"))
              .expecting("3/3 phases complete"));
      stage.perform(
          Act.of("sandbox", "the computer is not needed any more")
              .with("action", "stop")
              .expecting("Stopped"));
    }
  }
}
