package dev.homeport.search;

/// The order in which files are reported.
public enum FileOrder {
  /// By path, the names of each directory in byte order.
  PATH,
  /// The last changed first, then by path.
  MODIFIED
}
