package dev.homeport.version;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;

/// What came of a restoration. Everything but [Restored] changed nothing.
public sealed interface RestoreOutcome {
  /// The files are as they were.
  ///
  /// @param files that were written
  /// @param unchanged how many others had that content already
  record Restored(List<RestoredFile> files, int unchanged) implements RestoreOutcome {
    /// Copies the list.
    public Restored {
      files = List.copyOf(files);
    }
  }

  /// A file that was written.
  ///
  /// @param path where it stands
  /// @param content what it contains now
  record RestoredFile(WorkspacePath path, Snapshot content) {}

  /// The file has not the content that was expected.
  ///
  /// @param path which
  /// @param current what it contains
  /// @param diff from there to what was to be restored, in unified format; may be empty
  record Stale(WorkspacePath path, Snapshot current, String diff) implements RestoreOutcome {}

  /// Where something is to be brought back stands something else by now.
  ///
  /// @param path where
  /// @param current what that contains
  record Occupied(WorkspacePath path, Snapshot current) implements RestoreOutcome {}
}
