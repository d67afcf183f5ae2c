package dev.homeport.index;

import java.util.List;

/// The answer to a question.
///
/// @param hits the files, best first
/// @param files how many files the index knows
/// @param pending how many files were not read in time and are missing from the answer; the next
///   search goes on with them
public record SearchOutcome(List<SearchHit> hits, int files, int pending) {
  /// Copies the hits.
  public SearchOutcome {
    hits = List.copyOf(hits);
  }
}
