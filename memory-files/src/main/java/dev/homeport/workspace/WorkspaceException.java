package dev.homeport.workspace;

import java.io.IOException;
import java.io.Serial;

/// A file operation that the workspace refused or could not do.
///
/// The message is written for the agent that asked: it names the path as the agent gave it, never a
/// path of the host, and says what to do next.
public final class WorkspaceException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /// Why the operation did not happen.
  public enum Kind {
    /// The path breaks the path grammar or leads out of the workspace.
    BAD_PATH,
    /// Nothing stands at the path.
    NOT_FOUND,
    /// A directory or a special file stands where a regular file is needed.
    NOT_A_FILE,
    /// Something else stands where a directory is needed.
    NOT_A_DIRECTORY,
    /// A component of the path is a symbolic link.
    LINK_REFUSED,
    /// Something already stands at the path.
    ALREADY_EXISTS,
    /// The file is larger than the caller can take.
    TOO_LARGE,
    /// The file ends before the part that was asked for.
    BAD_RANGE,
    /// The path belongs to Homeport and no tool may change it.
    PROTECTED,
    /// The file system does not let this process do it.
    DENIED,
    /// The file system is full or over quota.
    NO_SPACE,
    /// Another writer held the lock for too long.
    BUSY
  }

  private final Kind kind;

  /// Says why and what to do, in words that an agent may see.
  public WorkspaceException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// Says why and what to do, and keeps the file system's own error for the log.
  public WorkspaceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// An error of an open file of a workspace in words for the agent, where it has any; else the
  /// error itself.
  public static IOException explain(WorkspacePath path, IOException error) {
    return Failures.explain(path, error);
  }

  /// Why the operation did not happen.
  public Kind kind() {
    return kind;
  }
}
