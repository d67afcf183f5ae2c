package dev.homeport.search.tree;

/// A regular file as a walk found it.
///
/// @param path its path from the root, names joined by `/`
/// @param bytes its size
/// @param modified its last change, in nanoseconds since 1970
public record TreeFile(String path, long bytes, long modified) {
  /// The last name of the path.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
