package dev.homeport.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Counts the names of a file.
///
/// A file with several names (hard links) may have some of them outside of the workspace. It is
/// read like any other, for nothing tells which name was first; a write replaces the name that was
/// given and leaves the others with the old content. Whoever asks is told how many there are.
public final class HardLinks {
  private HardLinks() {}

  /// How many names the regular file at a path has; 0 if none can be reached there.
  ///
  /// Java reads the count by path only, so it counts just if it is of the very file that was
  /// reached without following links; else the answer is 1.
  public static int of(Workspace workspace, WorkspacePath path) throws IOException {
    try {
      Optional<Object> file = workspace.fileKey(path);
      return file.isPresent() ? count(workspace, path, file.get()) : 0;
    } catch (WorkspaceException | FileSystemException e) {
      return 0;
    }
  }

  private static int count(Workspace workspace, WorkspacePath path, Object file)
      throws IOException {
    var named =
        Files.readAttributes(
            workspace.root().resolve(path.toString()),
            "unix:nlink,fileKey",
            LinkOption.NOFOLLOW_LINKS);
    boolean isSame = file.equals(named.get("fileKey"));
    return isSame && named.get("nlink") instanceof Integer links ? links : 1;
  }

  /// What tells the regular file of an entry from all others.
  static Optional<Object> key(WorkspacePath path, SecureDirectory parent) throws IOException {
    return parent
        .stat(path.isRoot() ? "." : path.name())
        .filter(BasicFileAttributes::isRegularFile)
        .map(BasicFileAttributes::fileKey);
  }
}
