package dev.homeport.search.tree;

/// A regular file as a walk found it.
///
/// @param path its path from the root, names joined by `/`
/// @param bytes its size
/// @param modified its last change, in nanoseconds since 1970
/// @param state changes with the inode and the time that the file system itself sets; 0 if unknown
public record TreeFile(String path, long bytes, long modified, long state) {
  /// The last name of the path.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
