package dev.homeport.plan;

import java.util.List;

/// A phase of a plan.
///
/// @param number as in its heading
/// @param title as in its heading
/// @param status from its status line; without one, from its checkboxes
/// @param items its checkboxes in order
public record Phase(int number, String title, PhaseStatus status, List<PlanItem> items) {
  /// Copies the items.
  public Phase {
    items = List.copyOf(items);
  }

  /// The number of checked items.
  public int done() {
    return (int) items.stream().filter(PlanItem::done).count();
  }
}
