package dev.homeport.plan;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;

/// Which plan a call is about.
public sealed interface PlanChoice {
  /// This one; it need not exist yet.
  record Chosen(WorkspacePath path) implements PlanChoice {}

  /// There are several plans and nothing says which is meant.
  record Undecided(List<WorkspacePath> plans) implements PlanChoice {
    /// Copies the paths.
    public Undecided {
      plans = List.copyOf(plans);
    }
  }
}
