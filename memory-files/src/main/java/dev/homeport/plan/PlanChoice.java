package dev.homeport.plan;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Optional;

/// Which plan a call is about.
public sealed interface PlanChoice {
  /// This one; it need not exist yet.
  record Chosen(WorkspacePath path) implements PlanChoice {}

  /// There are several plans and nothing says which is meant.
  ///
  /// @param plans all that may be meant
  /// @param hint the one of them that planning-with-files was told to work on last, by whichever
  ///   session; empty if there is none
  record Undecided(List<WorkspacePath> plans, Optional<WorkspacePath> hint) implements PlanChoice {
    /// Copies the paths.
    public Undecided {
      plans = List.copyOf(plans);
    }
  }
}
