package dev.homeport.search;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;

/// Keeps the table of files beside their index, so that the next process can begin with it.
///
/// Not at each change, as a table of many files is some megabytes. For one thread.
final class KeptTable {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final LiveFiles files;
  private final Path directory;
  private int kept;
  private int latest;
  private long next = System.nanoTime();

  /// @param directory that of the index
  KeptTable(LiveFiles files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// Tells of a table that is in the index, and keeps it if it is time to.
  void offer(int generation) {
    latest = generation;
    if (next - System.nanoTime() <= 0) {
      keep();
    }
  }

  /// Keeps the table that was told of last, unless it is kept.
  void keep() {
    if (latest == kept) {
      return;
    }
    try {
      files.keep(directory);
      kept = latest;
    } catch (IOException e) {
      System.getLogger(KeptTable.class.getName()).log(Level.DEBUG, "table=not kept", e);
    }
    next = System.nanoTime() + PAUSE.toNanos();
  }
}
