package dev.homeport.search;

import java.util.List;
import java.util.OptionalInt;

/// How the listing of files ended.
public sealed interface GlobOutcome {
  /// The tree was walked.
  ///
  /// @param files the files of the wanted page, in the wanted order
  /// @param total how many files match in all
  /// @param nextOffset the offset of the next page, if there is more
  /// @param skipped what was not looked into
  record Files(List<FoundFile> files, int total, OptionalInt nextOffset, Skipped skipped)
      implements GlobOutcome {
    /// Copies the list.
    public Files {
      files = List.copyOf(files);
    }
  }

  /// The pattern, a glob or a file type means nothing.
  ///
  /// @param problem what is wrong and what to write instead
  record BadScope(String problem) implements GlobOutcome {}
}
