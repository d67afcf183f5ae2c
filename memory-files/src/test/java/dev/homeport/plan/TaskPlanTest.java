package dev.homeport.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.plan.PlanChange.AddItem;
import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Check;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.LogError;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetNext;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.plan.PlanChange.Uncheck;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskPlanTest {
  private static final String PLAN =
      """
      # Task Plan: Fix the rounding bug
      <!-- ## Goal
      ### Phase 9: only a comment
      -->

      ## Goal
      <!-- one sentence -->
      Totals are exact to the cent.

      ## Next Step
      Write the failing test

      ## Phases
      ### Phase 1: Find it
      - [x] Read the report
      - [x] Reproduce
      - **Status:** complete

      ### Phase 2: Fix it
      - [ ] Test first
      - [ ] Change `round | half-up`
      - **Status:** in_progress (since today)
      ```
      ### Phase 7: only code
      - [ ] no item
      ```

      ### Phase 3: Ship [pending]
      - [ ] Release notes

      ## Decisions Made
      | Decision | Rationale |
      |----------|-----------|
      |          |           |
      | Use a\\|b | because |

      ## Errors Encountered
      | Error | Attempt | Resolution |
      |-------|---------|------------|
      | NPE in total | 1 | checked for null |

      ## Notes
      All phases complete soon: - [x] is prose.
      """;

  private static String apply(String text, PlanChange change) throws RejectedChangeException {
    return PlanEditor.apply(new PlanDocument(text), change).text();
  }

  @Test
  void readsWhatThePlanSays() {
    TaskPlan plan = TaskPlan.parse(PLAN);

    assertThat(plan.title()).isEqualTo("Fix the rounding bug");
    assertThat(plan.goal()).isEqualTo("Totals are exact to the cent.");
    assertThat(plan.next()).isEqualTo("Write the failing test");
    assertThat(plan.phases()).extracting(Phase::number).containsExactly(1, 2, 3);
    assertThat(plan.phases())
        .extracting(Phase::status)
        .containsExactly(PhaseStatus.COMPLETE, PhaseStatus.IN_PROGRESS, PhaseStatus.PENDING);
    assertThat(plan.phases().get(2).title()).isEqualTo("Ship");
    assertThat(plan.counts()).isEqualTo(new PlanCounts(3, 1, 5, 2));
    assertThat(plan.decisions()).containsExactly(new Decision("Use a|b", "because"));
    assertThat(plan.errors())
        .containsExactly(new LoggedError("NPE in total", "1", "checked for null"));
  }

  @Test
  void aFreeFormFileIsNotPhaseStructured() {
    TaskPlan plan = TaskPlan.parse("# My plan\n\n1. think\n2. do\n");

    assertThat(plan.isPhaseStructured()).isFalse();
    assertThat(plan.recite(100)).contains("not phase-structured").doesNotContain("0/0");
    assertThatThrownBy(() -> apply("# My plan\n", new SetStatus(1, PhaseStatus.COMPLETE)))
        .hasMessageContaining("not phase-structured");
  }

  @Test
  void withoutAStatusLineTheCheckboxesDecide() {
    TaskPlan plan =
        TaskPlan.parse(
            """
            ### Phase 1: a
            - [x] x
            ### Phase 2: b
            - [x] x
            - [ ] y
            ### Phase 3: c
            prose complete
            """);

    assertThat(plan.phases())
        .extracting(Phase::status)
        .containsExactly(PhaseStatus.COMPLETE, PhaseStatus.IN_PROGRESS, PhaseStatus.PENDING);
  }

  @Test
  void changesOnlyTheBytesThatAreAskedFor() throws Exception {
    assertThat(apply(PLAN, new SetStatus(2, PhaseStatus.COMPLETE)))
        .isEqualTo(PLAN.replace("in_progress (since", "complete (since"));
    assertThat(apply(PLAN, new SetStatus(3, PhaseStatus.IN_PROGRESS)))
        .isEqualTo(PLAN.replace("Ship [pending]", "Ship [in_progress]"));
    assertThat(apply(PLAN, new Check(2, "1")))
        .isEqualTo(PLAN.replace("- [ ] Test first", "- [x] Test first"));
    assertThat(apply(PLAN, new Check(null, "half-up")))
        .isEqualTo(PLAN.replace("- [ ] Change", "- [x] Change"));
    assertThat(apply(PLAN, new Uncheck(1, "reproduce")))
        .isEqualTo(PLAN.replace("- [x] Reproduce", "- [ ] Reproduce"));
    assertThat(apply(PLAN, new Check(1, "1"))).isEqualTo(PLAN);
    assertThat(apply(PLAN, new AddItem(2, "Review\nit")))
        .isEqualTo(PLAN.replace("half-up`\n", "half-up`\n- [ ] Review it\n"));
    assertThat(apply(PLAN, new SetNext("Ship it")))
        .isEqualTo(PLAN.replace("Write the failing test", "Ship it"));
    assertThat(apply(PLAN, new SetGoal("# Exact")))
        .isEqualTo(PLAN.replace("Totals are exact to the cent.", "\\# Exact"));
    assertThat(apply(PLAN, new Decide("x|y", "")))
        .isEqualTo(PLAN.replace("| because |\n", "| because |\n| x\\|y |  |\n"));
    assertThat(apply(PLAN, new LogError("npe in total", "retry")))
        .isEqualTo(PLAN.replace("for null |\n", "for null |\n| npe in total | 2 | retry |\n"));
    assertThat(apply(PLAN, new AddPhase("Learn", List.of("write it down"))))
        .isEqualTo(
            PLAN.replace(
                "- [ ] Release notes\n",
                """
                - [ ] Release notes

                ### Phase 4: Learn
                - [ ] write it down
                - **Status:** pending
                """));
  }

  @Test
  void keepsCarriageReturnsAndAMissingLastLineFeed() throws Exception {
    String windows = PLAN.replace("\n", "\r\n").stripTrailing();

    assertThat(apply(windows, new AddItem(3, "new")))
        .isEqualTo(
            windows.replace("- [ ] Release notes\r\n", "- [ ] Release notes\r\n- [ ] new\r\n"));
    assertThat(apply(windows, new SetStatus(1, PhaseStatus.PENDING)))
        .isEqualTo(windows.replace("**Status:** complete", "**Status:** pending"));
    assertThat(apply("\uFEFF# Task Plan: a", new SetGoal("b")))
        .isEqualTo("\uFEFF# Task Plan: a\n\n## Goal\nb\n");
  }

  @Test
  void buildsAPlanFromNothing() throws Exception {
    var document = new PlanDocument("# Task Plan: a\n");
    for (PlanChange change :
        List.of(
            new LogError("boom", "none"),
            new AddPhase("One", List.of("i")),
            new SetNext("n"),
            new SetGoal("g"),
            new AddPhase("Two", List.of()),
            new Decide("d", "r"))) {
      document = PlanEditor.apply(document, change);
    }

    TaskPlan plan = TaskPlan.parse(document.text());
    assertThat(plan.goal()).isEqualTo("g");
    assertThat(plan.next()).isEqualTo("n");
    assertThat(plan.phases()).extracting(Phase::title).containsExactly("One", "Two");
    assertThat(plan.decisions()).containsExactly(new Decision("d", "r"));
    assertThat(plan.errors()).containsExactly(new LoggedError("boom", "1", "none"));
    assertThat(document.text())
        .containsSubsequence("## Goal", "## Next Step", "## Phases", "## Decisions", "## Errors");
  }

  @Test
  void saysWhatWouldFitInsteadOfGuessing() {
    assertThatThrownBy(() -> apply(PLAN, new SetStatus(4, PhaseStatus.COMPLETE)))
        .hasMessage("There is no phase 4; the plan has 1, 2, 3.");
    assertThatThrownBy(() -> apply(PLAN, new Check(2, "e")))
        .hasMessageContaining("more than one item")
        .hasMessageContaining("- Test first");
    assertThatThrownBy(() -> apply(PLAN, new Check(null, "fly"))).hasMessageContaining("no item");
    assertThatThrownBy(() -> apply(PLAN, new SetGoal("  "))).hasMessageContaining("1 to 2000");
  }

  @Test
  void recitesWithinItsBudgetAndAlwaysTheSame() {
    TaskPlan plan = TaskPlan.parse(PLAN);

    assertThat(plan.recite(200))
        .isEqualTo(
            """
            Task: Fix the rounding bug
            Goal: Totals are exact to the cent.
            Next step: Write the failing test
            Progress: 1/3 phases complete, 2/5 items checked
            Phase 2 (in_progress): Fix it
            Open items:
            - 1. Test first
            - 2. Change `round | half-up`
            Last decisions:
            - Use a|b: because
            """);
    for (int tokens = 0; tokens < 100; tokens++) {
      assertThat(plan.recite(tokens).length()).isLessThanOrEqualTo(4 * tokens);
    }
  }

  @Test
  void anyTextSurvivesAsItIs() {
    var random = new Random(42);
    String[] pieces = {
      "### Phase 1: x",
      "- [ ] a",
      "\n",
      "\r\n",
      "```",
      "<!--",
      "-->",
      "## Goal",
      "| a |",
      "**Status:** pending",
      "[complete]",
      "\u2028",
      " ",
      "#",
      "\uFEFF",
      "\r"
    };
    for (int run = 0; run < 5_000; run++) {
      var text = new StringBuilder();
      for (int i = 0; i < random.nextInt(30); i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(new PlanDocument(text.toString()).text()).isEqualTo(text.toString());
      assertThat(TaskPlan.parse(text.toString()).recite(50)).isNotNull();
      changesOrRefuses(text.toString());
    }
  }

  private static void changesOrRefuses(String text) {
    TaskPlan before = TaskPlan.parse(text);
    for (PlanChange change :
        List.of(
            new SetStatus(1, PhaseStatus.COMPLETE),
            new Check(null, "a"),
            new AddPhase("p", List.of("i")),
            new SetNext("n"),
            new SetGoal("g"),
            new Decide("d", "r"))) {
      try {
        TaskPlan after = TaskPlan.parse(apply(text, change));
        switch (change) {
          case SetStatus _ ->
              assertThat(after.phases().getFirst().status()).isEqualTo(PhaseStatus.COMPLETE);
          case AddPhase _ -> assertThat(after.phases()).hasSize(before.phases().size() + 1);
          case SetNext _ -> assertThat(after.next()).isEqualTo("n");
          case SetGoal _ -> assertThat(after.goal()).isEqualTo("g");
          case Decide _ -> assertThat(after.decisions()).endsWith(new Decision("d", "r"));
          default -> assertThat(after.counts().itemsDone()).isPositive();
        }
      } catch (RejectedChangeException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
