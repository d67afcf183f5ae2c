package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.util.Optional;

/// Looks at entries of an open directory and refuses what must not be opened.
final class Entries {
  private Entries() {}

  /// What stands at a path whose parent is open; the root is looked at through itself.
  static Optional<FileInfo> stat(WorkspacePath path, SecureDirectory parent) throws IOException {
    return parent
        .stat(path.isRoot() ? "." : path.name())
        .map(attributes -> FileInfo.of(path, attributes));
  }

  static void requirePresent(WorkspacePath path, SecureDirectory parent) throws IOException {
    if (stat(path, parent).isEmpty()) {
      throw Failures.notFound(path);
    }
  }

  static void requireFile(WorkspacePath path, SecureDirectory parent) throws IOException {
    if (!requireFileOrNothing(path, parent)) {
      throw Failures.notFound(path);
    }
  }

  /// Refuses everything but a regular file; says whether there is one.
  static boolean requireFileOrNothing(WorkspacePath path, SecureDirectory parent)
      throws IOException {
    var found = stat(path, parent);
    if (found.isEmpty()) {
      return false;
    }
    return switch (found.get().kind()) {
      case FILE -> true;
      case DIRECTORY -> throw new WorkspaceException(Kind.NOT_A_FILE, path + " is a directory.");
      case LINK -> throw Failures.link(path);
      case SPECIAL ->
          throw new WorkspaceException(
              Kind.NOT_A_FILE, path + " is a device, socket or pipe, which is never opened.");
    };
  }
}
