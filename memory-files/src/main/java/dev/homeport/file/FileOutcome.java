package dev.homeport.file;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Optional;

/// What came of a change. Everything but [Done] changed nothing.
public sealed interface FileOutcome {
  /// It holds now.
  ///
  /// @param status how it came to hold
  /// @param file the file as it is now, or would be; empty for directories and what is gone
  /// @param diff of the change in unified format; of a merged file from what was sent to what it
  ///   has now; empty where none was asked for or nothing changed
  record Done(Status status, Optional<FileFacts> file, String diff) implements FileOutcome {}

  /// How a change came to hold.
  enum Status {
    /// The file is new.
    CREATED,
    /// The content is new.
    UPDATED,
    /// It was so already.
    UNCHANGED,
    /// The content is new and holds what somebody else changed meanwhile too.
    MERGED,
    /// It was only tried.
    PREVIEWED,
    /// It stands elsewhere now.
    MOVED,
    /// It is gone.
    DELETED
  }

  /// The file has not the content that was expected.
  ///
  /// @param current the file as it is now
  /// @param diff from there to what was to be written or, if nothing was, to what was expected, in
  ///   unified format; empty if that is not known
  /// @param whyNotMerged a sentence; empty if no merge was asked for
  record Stale(FileFacts current, String diff, String whyNotMerged) implements FileOutcome {}

  /// The file has not the content that was expected, and a merge found lines that both sides
  /// changed.
  ///
  /// @param current the file as it is now
  /// @param overlaps those lines, from the top down
  record Overlapping(FileFacts current, List<Overlap> overlaps) implements FileOutcome {
    /// Copies the list.
    public Overlapping {
      overlaps = List.copyOf(overlaps);
    }
  }

  /// Lines that both sides changed in different ways.
  ///
  /// @param base as they were expected
  /// @param theirs as the file has them now
  /// @param mine as they were to be written
  record Overlap(Part base, Part theirs, Part mine) {
    /// Lines of one of the three texts.
    ///
    /// @param firstLine the number of the first one, from 1; of the one behind if there are none
    /// @param lines how many
    /// @param text with their line ends
    public record Part(int firstLine, int lines, String text) {}
  }

  /// Something stands there that was expected not to.
  ///
  /// @param path where
  record Occupied(WorkspacePath path) implements FileOutcome {}

  /// An edit did not find its old text as often as expected.
  ///
  /// @param edit the number of the edit, from 1
  /// @param expected how often it was expected; 0 for at least once
  /// @param lines where it stands
  /// @param hint the lines that look most like it; may be empty
  record Unmatched(int edit, int expected, List<Integer> lines, String hint)
      implements FileOutcome {
    /// Copies the list.
    public Unmatched {
      lines = List.copyOf(lines);
    }
  }
}
