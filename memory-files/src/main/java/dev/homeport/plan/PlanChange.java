package dev.homeport.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of a plan; texts are put on one line.
public sealed interface PlanChange {
  /// Adds a phase after the last one, pending.
  record AddPhase(String title, List<String> items) implements PlanChange {
    /// Copies the items.
    public AddPhase {
      items = List.copyOf(items);
    }
  }

  /// Adds an open item at the end of a phase.
  record AddItem(int phase, String text) implements PlanChange {}

  /// Sets the status of a phase.
  record SetStatus(int phase, PhaseStatus status) implements PlanChange {}

  /// Checks an item.
  ///
  /// @param phase its phase, or null to look in all
  /// @param item its number in the phase from 1, its text, or a part that no other item has
  record Check(@Nullable Integer phase, String item) implements PlanChange {}

  /// Unchecks an item, named as in [Check].
  record Uncheck(@Nullable Integer phase, String item) implements PlanChange {}

  /// Records a decision.
  record Decide(String decision, String rationale) implements PlanChange {}

  /// Records an error; its attempt is one more than the rows that name the same error.
  record LogError(String error, String resolution) implements PlanChange {}

  /// Replaces the next step.
  record SetNext(String text) implements PlanChange {}

  /// Replaces the goal.
  record SetGoal(String text) implements PlanChange {}
}
