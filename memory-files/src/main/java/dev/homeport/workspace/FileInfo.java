package dev.homeport.workspace;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// What stands at a path, read without following links.
///
/// @param path where it stands
/// @param kind what it is
/// @param bytes the size of a file in bytes
/// @param modified the last change of content
public record FileInfo(WorkspacePath path, Kind kind, long bytes, Instant modified) {
  /// The kinds of things that stand in a file system.
  public enum Kind {
    /// A regular file.
    FILE,
    /// A directory.
    DIRECTORY,
    /// A symbolic link, which the workspace never follows.
    LINK,
    /// A device, socket or pipe, which the workspace never opens.
    SPECIAL
  }

  static FileInfo of(WorkspacePath path, BasicFileAttributes attributes) {
    Kind kind =
        attributes.isRegularFile()
            ? Kind.FILE
            : attributes.isDirectory()
                ? Kind.DIRECTORY
                : attributes.isSymbolicLink() ? Kind.LINK : Kind.SPECIAL;
    return new FileInfo(path, kind, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /// Whether this is a regular file.
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /// Whether this is a directory.
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
