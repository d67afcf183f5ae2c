package dev.homeport.search;

/// Candidates that are known before the first is searched, in the order in which they are reported.
/// Thread-safe.
interface CandidateList {
  /// How many there are.
  int size();

  /// One of them.
  Candidate get(int index);

  /// What was left out.
  Skipped skipped();
}
