package dev.homeport.server;

import dev.homeport.search.IndexedFiles;
import dev.homeport.server.tool.Lazy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens the index of files that were searched before, so that the first search need not wait for
/// it. Whoever never searches has none, and nothing is read for him.
final class EarlierIndex implements Runnable {
  private final Place place;
  private final Lazy<IndexedFiles> files;

  /// Where an index is, if there is one.
  interface Place {
    Path get() throws IOException, InterruptedException;
  }

  EarlierIndex(Place place, Lazy<IndexedFiles> files) {
    this.place = place;
    this.files = files;
  }

  @Override
  public void run() {
    try {
      if (Files.isDirectory(place.get())) {
        files.get();
      }
    } catch (IOException failure) {
      System.getLogger(EarlierIndex.class.getName())
          .log(Level.DEBUG, "index=not opened early", failure); // whoever searches is told
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
