package dev.homeport.search;

import java.time.Duration;
import java.util.List;

/// What an index does for a pattern.
public sealed interface IndexExplanation {
  /// How the files are found that are searched.
  ///
  /// @param way which way is taken
  /// @param parts what the trigrams of a match must be, from the whole down to single trigrams
  /// @param lookup how long it took to look them up
  /// @param files how many files are searched, those included that are not indexed
  /// @param chunks how many parts of files are searched; a file that is read whole counts as one
  /// @param bytes how many bytes are read
  /// @param otherFiles how many of the files are read whole as they are not indexed
  /// @param allFiles how many files there are
  /// @param allBytes how large they are together
  record Plan(
      Way way,
      List<Part> parts,
      Duration lookup,
      int files,
      int chunks,
      long bytes,
      int otherFiles,
      int allFiles,
      long allBytes)
      implements IndexExplanation {
    /// Copies the list.
    public Plan {
      parts = List.copyOf(parts);
    }
  }

  /// How files are found.
  enum Way {
    /// Chunks of lines that have the trigrams.
    CHUNKS,
    /// Files that have the trigrams, since matches may cross lines.
    FILES,
    /// All files, since no trigram is in every match.
    ALL_AS_PATTERN_IS_OPEN,
    /// All files, since there is no index.
    ALL_WITHOUT_INDEX
  }

  /// A part of what the trigrams must be.
  ///
  /// @param depth how many parts it is inside of
  /// @param text a trigram in quotes, or `all of` or `one of` for the parts that follow, one deeper
  /// @param chunks the most chunks that can come out of it, known without looking
  record Part(int depth, String text, int chunks) {}

  /// The pattern cannot be searched for.
  ///
  /// @param problem the construct and what is wrong with it
  /// @param position where it begins: 0-based, in characters of the pattern
  /// @param advice what to write instead; may be empty
  record BadPattern(String problem, int position, String advice) implements IndexExplanation {}
}
