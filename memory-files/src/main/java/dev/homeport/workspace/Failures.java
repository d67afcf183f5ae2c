package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns errors of the file system into words for the agent, without a path of the host.
final class Failures {
  private Failures() {}

  /// An operation of the file system.
  interface Operation<T extends @Nullable Object, E extends Exception> {
    T run() throws IOException, E;
  }

  /// Runs an operation on a path and translates what it throws.
  static <T extends @Nullable Object, E extends Exception> T translate(
      WorkspacePath path, Operation<T, E> operation) throws IOException, E {
    try {
      return operation.run();
    } catch (IOException e) {
      throw explain(path, e);
    }
  }

  /// What to throw in place of an error of an operation on a path: itself if it says enough or
  /// nothing better is known.
  static IOException explain(WorkspacePath path, IOException error) {
    return switch (error) {
      case WorkspaceException told -> told;
      case FileSystemException e -> translate(path, e);
      case IOException e when isFull(e) -> full(e);
      case IOException e when isTooLarge(e) -> tooLarge(e);
      default -> error;
    };
  }

  private static WorkspaceException translate(WorkspacePath path, FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> notFound(path);
      case NotDirectoryException _ -> notADirectory(path);
      case FileAlreadyExistsException _ -> exists(path);
      case AccessDeniedException _ -> denied(path, e);
      case AtomicMoveNotSupportedException _ ->
          new WorkspaceException(
              Kind.DENIED,
              path
                  + " lies on another file system than the workspace or the other path; make its"
                  + " directory by hand, or copy the content instead of moving it.",
              e);
      default -> translateReason(path, e);
    };
  }

  private static WorkspaceException translateReason(WorkspacePath path, FileSystemException e) {
    if (isFull(e)) {
      return full(e);
    }
    if (isTooLarge(e)) {
      return tooLarge(e);
    }
    String reason = String.valueOf(e.getReason());
    if (reason.contains("symbolic link")) {
      return link(path);
    }
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("read-only") || lower.contains("not permitted")) {
      return denied(path, e);
    }
    return new WorkspaceException(
        Kind.DENIED, "The file system refused " + path + " (" + reason + ").", e);
  }

  private static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }

  private static WorkspaceException full(IOException e) {
    return new WorkspaceException(
        Kind.NO_SPACE, "The disk is full, or over a quota; free some space and try again.", e);
  }

  private static boolean isTooLarge(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("file too large");
  }

  private static WorkspaceException tooLarge(IOException e) {
    return new WorkspaceException(
        Kind.NO_SPACE,
        "The operating system lets this process write no larger file; write less, or raise the"
            + " limit (ulimit -f).",
        e);
  }

  private static WorkspaceException denied(WorkspacePath path, IOException e) {
    return new WorkspaceException(
        Kind.DENIED,
        "The file system does not allow this for "
            + (path.isRoot() ? "the workspace" : path)
            + ": it is read-only or belongs to another user.",
        e);
  }

  static WorkspaceException notFound(WorkspacePath path) {
    return new WorkspaceException(
        Kind.NOT_FOUND, path + " does not exist; list its directory to see what does.");
  }

  static WorkspaceException exists(WorkspacePath path) {
    return new WorkspaceException(
        Kind.ALREADY_EXISTS, "Something already stands at " + path + "; choose another path.");
  }

  static WorkspaceException notADirectory(WorkspacePath path) {
    return new WorkspaceException(Kind.NOT_A_DIRECTORY, path + " is not a directory.");
  }

  static WorkspaceException link(WorkspacePath path) {
    return new WorkspaceException(
        Kind.LINK_REFUSED, path + " is a symbolic link, which is not followed; name its target.");
  }
}
