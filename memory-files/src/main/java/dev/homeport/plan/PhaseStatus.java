package dev.homeport.plan;

import java.util.Locale;
import java.util.Optional;

/// How far a phase is.
public enum PhaseStatus {
  /// Not begun.
  PENDING,
  /// Being worked on.
  IN_PROGRESS,
  /// Done.
  COMPLETE;

  /// The word that stands in the plan, such as `in_progress`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status of a word as plans and models write it, such as `in_progress` or `completed`.
  public static Optional<PhaseStatus> of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_')) {
      case "pending" -> Optional.of(PENDING);
      case "in_progress" -> Optional.of(IN_PROGRESS);
      case "complete", "completed", "done" -> Optional.of(COMPLETE);
      default -> Optional.empty();
    };
  }
}
