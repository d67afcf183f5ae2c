package dev.homeport.version;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Set;

/// What came of a redaction. Everything but [Redacted] changed nothing.
public sealed interface RedactOutcome {
  /// The contents are gone, from the history and from the disk.
  ///
  /// @param versions how many lost content, of whatever path
  /// @param contents the SHA-256 of each content that is gone
  /// @param spared files whose present contents were left, as they were only to be redacted as far
  ///   as they are past
  record Redacted(int versions, Set<String> contents, List<WorkspacePath> spared)
      implements RedactOutcome {
    /// Copies the collections.
    public Redacted {
      contents = Set.copyOf(contents);
      spared = List.copyOf(spared);
    }
  }

  /// A file still has such a content.
  ///
  /// @param path which
  record Held(WorkspacePath path) implements RedactOutcome {}

  /// There is no such content that is not empty, or only what a file below the path has now.
  ///
  /// @param spared files with the only contents that there are
  record Nothing(List<WorkspacePath> spared) implements RedactOutcome {
    /// Copies the list.
    public Nothing {
      spared = List.copyOf(spared);
    }
  }
}
