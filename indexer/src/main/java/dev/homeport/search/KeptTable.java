package dev.homeport.search;

import dev.homeport.search.live.TableImage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;

/// Keeps the table of files and the catalog of their index beside that, so that the next process
/// can begin with it.
///
/// Not at each change, as a table of many files is some megabytes. For one thread of the process
/// that writes the index.
final class KeptTable {
  private static final String NAME = "table";
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Path root;
  private final Path directory;
  private int generation;
  private long index;
  private long next = System.nanoTime();

  /// @param directory that of the index
  KeptTable(Path root, Path directory) {
    this.root = root;
    this.directory = directory;
  }

  /// The file of the table.
  ///
  /// @param directory that of the index
  static Path file(Path directory) {
    return directory.resolve(NAME);
  }

  boolean isTime() {
    return next - System.nanoTime() <= 0;
  }

  /// Keeps the table of a view with the catalog of its index, unless they are those that were kept
  /// last.
  void keep(IndexView view) {
    TableImage image = view.image();
    if (image.table().generation() == generation && image.index() == index) {
      return;
    }
    next = System.nanoTime() + PAUSE.toNanos();
    try {
      if (image.index() != index) {
        view.keepCatalog(directory);
      }
      image.save(file(directory), root);
      generation = image.table().generation();
      index = image.index();
    } catch (IOException e) {
      System.getLogger(KeptTable.class.getName()).log(Level.DEBUG, "table=not kept", e);
    }
  }
}
