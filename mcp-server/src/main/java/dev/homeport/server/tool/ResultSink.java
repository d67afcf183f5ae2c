package dev.homeport.server.tool;

import java.io.IOException;

/// Keeps results that are too large for a context.
@FunctionalInterface
public interface ResultSink {
  /// Where a result was kept.
  ///
  /// @param id what `result_read` takes
  /// @param path the file, relative to the workspace
  record Stored(String id, String path) {}

  /// Stores a text durably.
  ///
  /// @param origin the tool that made it
  Stored store(String origin, String text) throws IOException, InterruptedException;
}
