package dev.homeport.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.plan.PlanChange.AddItem;
import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Check;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetNext;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.plan.PlanChange.Uncheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What other people's plans look like: nothing may change but what was asked for.
class PlanBytesTest {
  private static String apply(String text, PlanChange change) throws RejectedChangeException {
    return PlanEditor.apply(new PlanDocument(text), change).text();
  }

  @Test
  void keepsAMissingLastLineFeedOfWhatIsReplaced() throws Exception {
    assertThat(apply("## Goal\nold", new SetGoal("new"))).isEqualTo("## Goal\nnew");
    assertThat(apply("## Goal\r\nold", new SetGoal("new"))).isEqualTo("## Goal\r\nnew");
    assertThat(apply("### Phase 1: a [pending]", new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo("### Phase 1: a [complete]");
    assertThat(apply("### Phase 1: a\n- [ ] b", new Check(1, "b")))
        .isEqualTo("### Phase 1: a\n- [x] b");
  }

  @Test
  void newLinesEndAsThoseAboveThem() throws Exception {
    String mixed = "# Plan\n\r\n### Phase 1: a\r\n- [ ] b\r\n\r\n## Notes\nx\n";

    assertThat(apply(mixed, new AddItem(1, "c")))
        .isEqualTo(mixed.replace("- [ ] b\r\n", "- [ ] b\r\n- [ ] c\r\n"));
  }

  @Test
  void keepsMarksTabsAndSeparatorsOfOtherKinds() throws Exception {
    String odd =
        """
        M#_Task Plan: oddStitle
        ###_Phase 1: tab ###
        _-_[ ] oneStwo_
        _* **Status:**_pending  (why)S
        """
            .replace('M', '\uFEFF')
            .replace('_', '\t')
            .replace("S", "\u2028")
            .replace("\u2028tatus", "Status");

    TaskPlan plan = TaskPlan.parse(odd);
    assertThat(plan.phases().getFirst().title()).isEqualTo("tab");
    assertThat(plan.counts()).isEqualTo(new PlanCounts(1, 0, 1, 0));
    assertThat(apply(odd, new Check(1, "1"))).isEqualTo(odd.replace("[ ] one", "[x] one"));
    assertThat(apply(odd, new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo(odd.replace("\tpending  (why)", "\tcomplete  (why)"));
  }

  @Test
  void leavesWhatStandsUnderLowerHeadingsOfASection() throws Exception {
    String plan = "## Goal\nShip.\n\n### Not now\n- Windows\n\n## Next Step\n### Later\nx\n";

    assertThat(TaskPlan.parse(plan).goal()).isEqualTo("Ship.");
    assertThat(apply(plan, new SetGoal("Ship it."))).isEqualTo(plan.replace("Ship.", "Ship it."));
    String next = apply(plan, new SetNext("Test"));
    assertThat(next).isEqualTo(plan.replace("Step\n", "Step\nTest\n\n"));
    assertThat(TaskPlan.parse(next).next()).isEqualTo("Test");
  }

  @Test
  void readsOddHeadings() {
    TaskPlan plan =
        TaskPlan.parse(
            """
            ## Goal ##
            g
            ### Phase 1: C# and F# ###
            ### Phase 2 - dash [in_progress] ###
            ### Phase 3
            ### Phase 4:2 things
            ### Phases of the moon
            #### Phase 5: too deep
            ###Phase 6: no space
            """);

    assertThat(plan.goal()).isEqualTo("g");
    assertThat(plan.phases())
        .extracting(phase -> phase.number() + "|" + phase.title() + "|" + phase.status().label())
        .containsExactly(
            "1|C# and F#|pending", "2|dash|in_progress", "3||pending", "4|2 things|pending");
  }

  @Test
  void takesNeitherCodeNorProseNorLinksForItems() {
    TaskPlan plan =
        TaskPlan.parse(
            """
            ### Phase 1: a
            ```- [x] one line of code```
            - [x] done
              - [ ] nested
                * [X] deeper
            - [x](https://example.com) is a link
            - [y] is nothing
            It is **Status:** complete, they say; 3/3 phases complete.
            ````text
            ```
            - [x] code
            - **Status:** complete
            ````
            <!--
            - [x] comment
            -->
            """);

    assertThat(plan.phases().getFirst().items())
        .containsExactly(
            new PlanItem("done", true),
            new PlanItem("nested", false),
            new PlanItem("deeper", true));
    assertThat(plan.phases().getFirst().status()).isEqualTo(PhaseStatus.IN_PROGRESS);
  }

  @Test
  void bothSyntaxesOfAStatusAgreeAfterAChange() throws Exception {
    String both = "### Phase 1: a [pending]\n- **Status:** pending\n";

    assertThat(apply(both, new SetStatus(1, PhaseStatus.IN_PROGRESS)))
        .isEqualTo(both.replace("pending", "in_progress"));
    assertThat(
            apply("### Phase 1: a\n**Status**: pending\n", new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo("### Phase 1: a\n**Status**: complete\n");
    assertThat(apply("### Phase 1: a\n**Status**:\n", new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo("### Phase 1: a\n**Status**: complete\n");
  }

  @Test
  void doesNotGuessBetweenTwoPhasesOfOneNumber() {
    String twice = "### Phase 1: a\n- [ ] x\n### Phase 1: b\n- [ ] y\n";

    assertThatThrownBy(() -> apply(twice, new SetStatus(1, PhaseStatus.COMPLETE)))
        .hasMessageContaining("2 phases with the number 1");
    assertThat(TaskPlan.parse(twice).counts().phases()).isEqualTo(2);
  }

  @Test
  void keepsPipesInCells() throws Exception {
    String plan = "## Decisions Made\n| Decision | Rationale |\n|:--|--:|\n| a\\|b \\\\| c |\n";

    String changed = apply(plan, new Decide("x \\| y | z\\", "p|q"));

    assertThat(changed).startsWith(plan);
    assertThat(TaskPlan.parse(changed).decisions())
        .endsWith(new Decision("x \\| y | z\\", "p|q"))
        .hasSize(2);
  }

  @Test
  void readsDashesBelowASeparatorAsADecision() throws Exception {
    String empty = "## Decisions Made\n| Decision | Rationale |\n";

    String changed = apply(apply(empty, new Decide("-", "-")), new Decide("---", ""));

    assertThat(changed).isEqualTo(empty + "|----------|-----------|\n| - | - |\n| --- |  |\n");
    assertThat(TaskPlan.parse(changed).decisions())
        .containsExactly(new Decision("-", "-"), new Decision("---", ""));
  }

  @Test
  void newLinesStandBehindAllThatBelongsToTheLastItem() throws Exception {
    String item = "### Phase 1: a\n- [ ] b\n  more\n\n  ```\ncode\n  ```\n";

    assertThat(apply(item + "\ntext\n", new AddItem(1, "c"))).isEqualTo(item + "- [ ] c\n\ntext\n");
    assertThat(apply(item + "```\nopen\n", new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo(item + "- **Status:** complete\n```\nopen\n");
    assertThatThrownBy(() -> apply(item + "  ```\nopen\n", new AddItem(1, "c")))
        .hasMessageContaining("never closed");
  }

  @Test
  void refusesPhasesThatWouldNotBeReadAsTheyWereMeant() {
    assertThatThrownBy(() -> apply("### Phase 999999: a\n", new AddPhase("b", List.of())))
        .hasMessageContaining("999999");
    for (String title : List.of("Ship [complete]", "Learn C #")) {
      assertThatThrownBy(() -> apply("", new AddPhase(title, List.of())))
          .hasMessageContaining("must not end in");
    }
  }

  /// The template of planning-with-files, shortened.
  @Test
  void worksOnTheTemplateOfPlanningWithFiles() throws Exception {
    String template =
        """
        # Task Plan: [Brief Description]
        <!--
          WHAT: This is your roadmap.
        -->

        ## Goal
        <!--
          EXAMPLE: "Create a todo app."
        -->
        [One sentence describing the end state]

        ## Phases
        <!-- WHY: phases -->

        ### Phase 1: Requirements & Discovery
        <!--
          - [ ] not an item
        -->
        - [ ] Understand user intent
        - **Status:** in_progress
        <!--
          - pending: Not started yet
        -->

        ## Errors Encountered
        | Error | Attempt | Resolution |
        |-------|---------|------------|
        |       | 1       |            |
        """;

    assertThat(TaskPlan.parse(template).errors()).isEmpty();
    assertThat(apply(template, new SetGoal("Ship")))
        .isEqualTo(template.replace("[One sentence describing the end state]", "Ship"));
    assertThat(apply(template, new SetStatus(1, PhaseStatus.COMPLETE)))
        .isEqualTo(template.replace("in_progress", "complete"));
    assertThat(apply(template, new AddPhase("Build", List.of())))
        .isEqualTo(
            template.replace(
                "Not started yet\n-->\n",
                "Not started yet\n-->\n\n### Phase 2: Build\n- **Status:** pending\n"));
    assertThat(apply(template, new Uncheck(1, "1"))).isEqualTo(template);
  }
}
