package dev.homeport.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
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
  /// Java reads the count by path only, so one above 1 counts just if it is of the very file that
  /// is reached without following links.
  public static int of(Workspace workspace, WorkspacePath path) throws IOException {
    try {
      var named =
          Files.readAttributes(
              workspace.root().resolve(path.toString()),
              "unix:nlink,fileKey,isRegularFile",
              LinkOption.NOFOLLOW_LINKS);
      if (!Boolean.TRUE.equals(named.get("isRegularFile"))) {
        return 0;
      }
      boolean isMany = named.get("nlink") instanceof Integer links && links > 1;
      boolean counts = isMany && workspace.fileKey(path).equals(key(named));
      return counts && named.get("nlink") instanceof Integer links ? links : 1;
    } catch (WorkspaceException | FileSystemException e) {
      return 0;
    }
  }

  private static Optional<Object> key(Map<String, Object> attributes) {
    return Optional.ofNullable(attributes.get("fileKey"));
  }

  /// What tells the regular file of an entry from all others.
  static Optional<Object> key(WorkspacePath path, SecureDirectory parent) throws IOException {
    return parent
        .stat(path.isRoot() ? "." : path.name())
        .filter(BasicFileAttributes::isRegularFile)
        .map(BasicFileAttributes::fileKey);
  }
}
