package dev.homeport.plan;

import org.jspecify.annotations.Nullable;

/// What became of a request to change a plan.
public sealed interface PlanOutcome {
  /// The plan is as asked, on disk.
  ///
  /// @param file the plan now
  /// @param created whether it did not exist before
  record Changed(PlanFile file, boolean created) implements PlanOutcome {}

  /// The plan is not the one that the caller read; nothing was changed.
  ///
  /// @param current the plan now, or null if there is none
  record Stale(@Nullable PlanFile current) implements PlanOutcome {}

  /// A change does not fit the plan; nothing was changed.
  ///
  /// @param problem why, and what would fit
  record Rejected(String problem) implements PlanOutcome {}
}
