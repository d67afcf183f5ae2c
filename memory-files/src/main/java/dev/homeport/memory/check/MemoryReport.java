package dev.homeport.memory.check;

import java.util.List;

/// What a check of the memory found.
///
/// @param files how many files were looked at
/// @param problems by file, then by line
public record MemoryReport(int files, List<MemoryProblem> problems) {
  /// Copies the problems.
  public MemoryReport {
    problems = List.copyOf(problems);
  }
}
