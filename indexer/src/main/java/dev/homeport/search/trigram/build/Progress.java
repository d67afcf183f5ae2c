package dev.homeport.search.trigram.build;

/// Follows an update. Called by several threads, and may block to slow the update down.
public interface Progress {
  /// Tells nobody.
  Progress NONE = (_, _) -> {};

  /// A file was read.
  ///
  /// @param path the file
  /// @param bytes its size
  void read(String path, long bytes);
}
