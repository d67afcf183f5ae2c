package dev.homeport.sandbox.session;

import dev.homeport.sandbox.FileChange;
import dev.homeport.workspace.WorkspacePath;

/// What became of one change that was to be brought back into the workspace.
public sealed interface ApplyOutcome {
  /// The path of the change.
  WorkspacePath path();

  /// The workspace now has what the sandbox had.
  record Applied(FileChange change) implements ApplyOutcome {
    @Override
    public WorkspacePath path() {
      return change.path();
    }
  }

  /// The workspace changed as well since the sandbox saw the file; nothing was written.
  ///
  /// @param state what stands in the workspace now
  record Conflict(WorkspacePath path, String state) implements ApplyOutcome {}

  /// The change cannot be brought back.
  record Refused(WorkspacePath path, String reason) implements ApplyOutcome {}
}
