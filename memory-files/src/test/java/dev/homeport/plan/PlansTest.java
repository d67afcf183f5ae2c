package dev.homeport.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.123Z"));

  @TempDir Path root;
  Workspace workspace;
  Plans plans;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
    plans = Plans.in(workspace);
  }

  private WorkspacePath path(String text) throws IOException {
    return workspace.path(text);
  }

  @Test
  void makesAPlanThatDoesNotExistYet() throws Exception {
    WorkspacePath path = path(".planning/release/task_plan.md");

    PlanOutcome outcome =
        plans.update(path, List.of(new SetGoal("Ship"), new AddPhase("One", List.of("a"))), null);

    assertThat(outcome).isInstanceOf(PlanOutcome.Changed.class);
    assertThat(((PlanOutcome.Changed) outcome).created()).isTrue();
    assertThat(root.resolve(path.toString()))
        .hasContent(
            """
            # Task Plan: Ship

            ## Goal
            Ship

            ## Phases

            ### Phase 1: One
            - [ ] a
            - **Status:** pending
            """);
  }

  @Test
  void neverGuessesBetweenTwoPlans() throws Exception {
    WorkspacePath unnamed = path("task_plan.md");
    WorkspacePath named = path(".planning/a/task_plan.md");

    assertThat(plans.choose(null, null)).isEqualTo(new PlanChoice.Chosen(unnamed));
    plans.update(named, List.of(new SetGoal("a")), null);
    assertThat(plans.choose(null, null)).isEqualTo(new PlanChoice.Chosen(named));
    plans.update(unnamed, List.of(new SetGoal("b")), null);

    assertThat(plans.choose(null, null))
        .isEqualTo(new PlanChoice.Undecided(List.of(unnamed, named), Optional.empty()));
    assertThat(plans.choose(null, named)).isEqualTo(new PlanChoice.Chosen(named));
    assertThat(plans.choose("task_plan.md", named)).isEqualTo(new PlanChoice.Chosen(unnamed));
    assertThat(plans.choose("a", null)).isEqualTo(new PlanChoice.Chosen(named));
    assertThat(plans.choose(".planning/a/task_plan.md", null))
        .isEqualTo(new PlanChoice.Chosen(named));
    assertThatThrownBy(() -> plans.choose("../a", null)).isInstanceOf(WorkspaceException.class);
  }

  @Test
  void thePointerOfPlanningWithFilesIsOnlyAHint() throws Exception {
    WorkspacePath a = path(".planning/2026-11-20-a/task_plan.md");
    WorkspacePath b = path(".planning/b/task_plan.md");
    plans.update(a, List.of(new SetGoal("a")), null);
    plans.update(b, List.of(new SetGoal("b")), null);
    Path pointer = root.resolve(".planning/.active_plan");

    Files.writeString(pointer, "2026-11-20-a\r\n");
    assertThat(plans.choose(null, null))
        .isEqualTo(new PlanChoice.Undecided(List.of(a, b), Optional.of(a)));
    assertThat(plans.choose(null, b)).isEqualTo(new PlanChoice.Chosen(b));
    for (String other : List.of("gone", "../b", "", "x".repeat(5_000))) {
      Files.writeString(pointer, other);
      assertThat(plans.choose(null, null))
          .isEqualTo(new PlanChoice.Undecided(List.of(a, b), Optional.empty()));
    }
  }

  @Test
  void findsADatedTaskByItsNameUnlessThereAreTwo() throws Exception {
    WorkspacePath old = path(".planning/2026-11-20-fix-it/task_plan.md");
    plans.update(old, List.of(new SetGoal("a")), null);

    assertThat(plans.choose("fix-it", null)).isEqualTo(new PlanChoice.Chosen(old));
    assertThat(plans.choose("2026-11-20-fix-it", null)).isEqualTo(new PlanChoice.Chosen(old));
    WorkspacePath it = path(".planning/it/task_plan.md");
    assertThat(plans.choose("it", null)).isEqualTo(new PlanChoice.Chosen(it));

    WorkspacePath later = path(".planning/2026-11-23-fix-it/task_plan.md");
    plans.update(later, List.of(new SetGoal("b")), null);
    assertThat(plans.choose("fix-it", null))
        .isEqualTo(new PlanChoice.Undecided(List.of(old, later), Optional.empty()));
    WorkspacePath exact = path(".planning/fix-it/task_plan.md");
    plans.update(exact, List.of(new SetGoal("c")), null);
    assertThat(plans.choose("fix-it", null)).isEqualTo(new PlanChoice.Chosen(exact));
  }

  @Test
  void refusesTextThatNoBytesExpress() {
    assertThatThrownBy(
            () -> plans.update(path("task_plan.md"), List.of(new SetGoal("\ud83d")), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(root.resolve("task_plan.md")).doesNotExist();
  }

  @Test
  void writesNothingWhenNothingChanges() throws Exception {
    WorkspacePath path = path("task_plan.md");
    byte[] bytes = "\uFEFF## Goal\r\nShip".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(root.resolve("task_plan.md"), bytes);
    Object key = Files.getAttribute(root.resolve("task_plan.md"), "unix:ino");

    plans.update(path, List.of(new SetGoal("Ship")), null);

    assertThat(Files.readAllBytes(root.resolve("task_plan.md"))).isEqualTo(bytes);
    assertThat(Files.getAttribute(root.resolve("task_plan.md"), "unix:ino")).isEqualTo(key);
  }

  @Test
  void changesNothingWhenThePlanIsAnother() throws Exception {
    WorkspacePath path = path("task_plan.md");
    plans.update(path, List.of(new SetGoal("a")), null);
    String read = plans.read(path).orElseThrow().sha256();
    plans.update(path, List.of(new SetGoal("b")), read);

    PlanOutcome outcome = plans.update(path, List.of(new SetGoal("c")), read);

    assertThat(outcome).isEqualTo(new PlanOutcome.Stale(plans.read(path).orElseThrow()));
    assertThat(plans.update(path("x.md"), List.of(new SetGoal("c")), read))
        .isEqualTo(new PlanOutcome.Stale(null));
  }

  @Test
  void makesAllChangesOrNone() throws Exception {
    WorkspacePath path = path("task_plan.md");

    PlanOutcome outcome =
        plans.update(path, List.of(new SetGoal("a"), new SetStatus(1, PhaseStatus.COMPLETE)), null);

    assertThat(outcome).isInstanceOf(PlanOutcome.Rejected.class);
    assertThat(plans.read(path)).isEmpty();
  }

  @Test
  void parallelChangesAllSurvive() throws Exception {
    WorkspacePath path = path("task_plan.md");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PlanOutcome>> tasks =
          IntStream.range(0, 20)
              .<Callable<PlanOutcome>>mapToObj(
                  i -> () -> plans.update(path, List.of(new Decide("d" + i, "")), null))
              .toList();
      for (var future : executor.invokeAll(tasks)) {
        assertThat(future.get()).isInstanceOf(PlanOutcome.Changed.class);
      }
    }

    assertThat(plans.read(path).orElseThrow().plan().decisions()).hasSize(20);
  }

  @Test
  void refusesAPlanThatIsNoText() throws Exception {
    Files.write(root.resolve("task_plan.md"), new byte[] {'#', (byte) 0xff});

    assertThatThrownBy(() -> plans.read(path("task_plan.md")))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void notesAFindingWithItsSource() throws Exception {
    Notes notes = Notes.in(workspace, CLOCK);

    notes.add(path("task_plan.md"), "Rounding is\nhalf-even", "src/Total.java:12");
    Notes.Noted second = notes.add(path("task_plan.md"), "ghp_" + "a1".repeat(18), "");

    assertThat(second.secrets()).isEqualTo(1);
    assertThat(Files.readString(root.resolve("notes.md")))
        .startsWith(
            "# Notes\n\n- 2026-11-23T10:00:00Z: Rounding is\n  half-even\n"
                + "  Source: src/Total.java:12\n- 2026-11-23T10:00:00Z: ghp_");
  }

  @Test
  void notesGoToFindingsWhereThoseExist() throws Exception {
    Path findings = root.resolve(".planning/a/findings.md");
    Files.createDirectories(findings.getParent());
    Files.writeString(findings, "# Findings\nold");

    Notes.Noted noted = Notes.in(workspace, CLOCK).add(path(".planning/a/task_plan.md"), "new", "");

    assertThat(noted.path()).isEqualTo(path(".planning/a/findings.md"));
    assertThat(findings).hasContent("# Findings\nold\n- 2026-11-23T10:00:00Z: new\n");
  }
}
