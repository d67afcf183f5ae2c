package dev.homeport.plan;

import java.util.List;
import java.util.Optional;

/// What a plan says; texts that it lacks are empty.
///
/// @param title from `# Task Plan: …`
/// @param goal the text of `## Goal`
/// @param next the text of `## Next Step`
/// @param phases the headings `### Phase N: …`; none if the file is not phase-structured
/// @param decisions the rows of `## Decisions Made`
/// @param errors the rows of `## Errors Encountered`
public record TaskPlan(
    String title,
    String goal,
    String next,
    List<Phase> phases,
    List<Decision> decisions,
    List<LoggedError> errors) {
  /// Copies the lists.
  public TaskPlan {
    phases = List.copyOf(phases);
    decisions = List.copyOf(decisions);
    errors = List.copyOf(errors);
  }

  /// Reads a plan in the planning-with-files grammar; any text is a plan, if only without phases.
  public static TaskPlan parse(String text) {
    return PlanReader.read(new PlanDocument(text));
  }

  /// Whether there are phases to count; a free-form file has none.
  public boolean isPhaseStructured() {
    return !phases.isEmpty();
  }

  /// How far the plan is.
  public PlanCounts counts() {
    return new PlanCounts(
        phases.size(),
        (int) phases.stream().filter(phase -> phase.status() == PhaseStatus.COMPLETE).count(),
        phases.stream().mapToInt(phase -> phase.items().size()).sum(),
        phases.stream().mapToInt(Phase::done).sum());
  }

  /// The phase that is worked on: the first in progress, else the first that is not complete.
  public Optional<Phase> activePhase() {
    return phases.stream()
        .filter(phase -> phase.status() == PhaseStatus.IN_PROGRESS)
        .findFirst()
        .or(() ->
            phases.stream().filter(phase -> phase.status() != PhaseStatus.COMPLETE).findFirst());
  }

  /// The plan in short, to keep it in an agent's mind: goal, next step, active phase, open items,
  /// last decisions. Equal plans give equal text.
  ///
  /// @param tokens the most tokens, at four characters each
  public String recite(int tokens) {
    return Recitation.of(this, 4 * tokens);
  }
}
