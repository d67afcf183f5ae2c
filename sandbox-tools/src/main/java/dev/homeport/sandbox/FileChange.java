package dev.homeport.sandbox;

import dev.homeport.workspace.WorkspacePath;

/// A file of the workspace that is not in the sandbox what it is outside.
///
/// @param path where it stands, in both
/// @param kind what happened to it in the sandbox
/// @param bytes its size in the sandbox, 0 if it is gone
/// @param regular whether it is a regular file; links and special files are never brought back
public record FileChange(WorkspacePath path, Kind kind, long bytes, boolean regular) {
  /// What happened to a file.
  public enum Kind {
    /// Only the sandbox has it.
    ADDED,
    /// Both have it.
    CHANGED,
    /// Only the workspace has it.
    DELETED
  }
}
