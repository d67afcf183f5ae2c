package dev.homeport.search;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// How a grep ended.
public sealed interface GrepOutcome {
  /// The search went through.
  ///
  /// @param files the files of the wanted page that hold matches, in the wanted order
  /// @param total how many entries there are in all: matching lines for `CONTENT`, else files
  /// @param isExact whether `total` is exact; otherwise it is a lower bound, as the search ended
  ///   soon after the page was full
  /// @param nextOffset the offset of the next page, if there is more
  /// @param skipped what was not looked into
  /// @param unseen for a search without a match: how many files that are ignored or hidden hold
  ///   one, found in half a second at most
  record Matches(
      List<FileMatches> files,
      long total,
      boolean isExact,
      OptionalInt nextOffset,
      Skipped skipped,
      int unseen)
      implements GrepOutcome {
    /// Copies the list.
    public Matches {
      files = List.copyOf(files);
    }

    /// Whether this page is not the whole result.
    public boolean truncated() {
      return nextOffset.isPresent();
    }
  }

  /// The pattern cannot be searched for.
  ///
  /// @param problem the construct and what is wrong with it
  /// @param position where it begins: 0-based, in characters of the pattern
  /// @param advice what to write instead; may be empty
  record BadPattern(String problem, int position, String advice) implements GrepOutcome {}

  /// A glob or a file type means nothing.
  ///
  /// @param problem what is wrong and what to write instead
  record BadScope(String problem) implements GrepOutcome {}

  /// The time was up before the search was through.
  ///
  /// @param limit the time that was given
  /// @param partial what had been found, in the wanted order, up to then
  record TimedOut(Duration limit, Matches partial) implements GrepOutcome {}
}
