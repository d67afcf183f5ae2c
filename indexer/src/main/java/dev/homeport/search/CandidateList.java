package dev.homeport.search;

/// Candidates that are known before the first is searched. Thread-safe.
interface CandidateList extends CandidateSource {
  /// How many there are.
  int size();

  /// One of them.
  Candidate get(int index);

  /// What was left out.
  Skipped skipped();

  @Override
  default Skipped feed(Visitor visitor) throws InterruptedException {
    for (int i = 0; i < size(); i++) {
      Candidate candidate = get(i);
      visitor.candidate(candidate.file(), candidate.chunks());
    }
    return skipped();
  }
}
