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
  /// @param diff of the change in unified format; empty where none was asked for or nothing changed
  record Done(Status status, Optional<FileFacts> file, String diff) implements FileOutcome {}

  /// How a change came to hold.
  enum Status {
    /// The file is new.
    CREATED,
    /// The content is new.
    UPDATED,
    /// It was so already.
    UNCHANGED,
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
  /// @param diff from there to what was to be written, in unified format; may be empty
  record Stale(FileFacts current, String diff) implements FileOutcome {}

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
