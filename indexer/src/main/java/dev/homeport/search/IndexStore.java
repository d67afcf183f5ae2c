package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.search.trigram.UnusableIndexException;
import dev.homeport.search.trigram.build.Progress;
import dev.homeport.search.trigram.build.SourceTree;
import dev.homeport.search.trigram.build.TrigramWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The index on the disk: read by every process, written by the one that has its writer.
///
/// Confined to one thread, but for [#isWriter].
final class IndexStore {
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final Path directory;
  private final String tree;
  private final Supplier<SourceTree> trees;
  private @Nullable TrigramWriter writer;
  private @Nullable TrigramIndex index;
  private volatile boolean isWriter;

  /// The table up to which was written, and whether something of it was too young for that.
  private @Nullable FileTable written;

  private boolean hasMore;
  private boolean isUnverified;
  private long noWriterUntil = System.nanoTime();

  /// @param directory of the index
  /// @param trees gives each thread that reads files for the index its view of the tree
  IndexStore(Path directory, Path root, Supplier<SourceTree> trees) {
    this.directory = directory;
    this.tree = root.toString();
    this.trees = trees;
  }

  boolean isWriter() {
    return isWriter;
  }

  /// Whether nothing of it is open.
  boolean isUnused() {
    return writer == null && index == null;
  }

  /// Whether somebody asked for the index to be made anew.
  boolean isToBeRebuilt() {
    return RebuildMark.isSet(directory);
  }

  /// Opens the index, unless that was done or there is none.
  ///
  /// @return whether it was opened now
  boolean open() throws IOException {
    if (index != null || isToBeRebuilt()) {
      return false;
    }
    index = TrigramIndex.open(directory, tree).orElse(null);
    isUnverified = index != null;
    return index != null;
  }

  /// Becomes the writer if there is none, and begins with an empty index if that is wanted.
  ///
  /// Where it fails to, an index that is there is still read.
  ///
  /// @return whether the index was emptied
  boolean takeWriter() throws IOException {
    if (writer != null && isToBeRebuilt()) {
      startAnew();
      return true;
    }
    if (writer != null || noWriterUntil - System.nanoTime() > 0) {
      return false;
    }
    try {
      boolean isWanted = isToBeRebuilt();
      setWriter(
          isWanted
              ? TrigramWriter.openEmpty(directory, tree)
              : TrigramWriter.open(directory, tree));
      return isWanted && isWriter;
    } catch (IOException e) {
      noWriterUntil = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
      if (index == null) {
        throw e;
      }
      System.getLogger(IndexStore.class.getName()).log(Level.DEBUG, "index=only read", e);
      return false;
    }
  }

  private void setWriter(Optional<TrigramWriter> next) {
    writer = next.orElse(null);
    isWriter = writer != null;
    written = null;
  }

  /// Reads an index through that was there, once.
  ///
  /// @throws UnusableIndexException if it is damaged
  void verify() throws IOException {
    if (isUnverified && index != null) {
      isUnverified = false;
      try (TrigramSnapshot snapshot = index.snapshot()) {
        snapshot.verify();
      }
    }
  }

  /// Whether the index was read through, or made by this process.
  boolean isVerified() {
    return !isUnverified;
  }

  /// Brings the index up to date with the files of a table, if this process writes it.
  ///
  /// @return whether there was anything to do
  boolean update(FileTable table, Progress progress) throws IOException, InterruptedException {
    boolean isToLook = hasMore || !table.equals(written);
    if (writer == null || !isToLook) {
      return false;
    }
    Outdated outdated = outdated(table);
    hasMore = outdated.hasMore();
    written = table;
    if (outdated.isEmpty()) {
      return false;
    }
    int done = writer.update(outdated.changed(), outdated.gone(), trees, progress);
    return done > 0 || !outdated.gone().isEmpty();
  }

  private Outdated outdated(FileTable table) throws IOException {
    if (index == null) {
      return Outdated.of(table, null);
    }
    try (TrigramSnapshot snapshot = index.snapshot()) {
      return Outdated.of(table, snapshot.catalog());
    }
  }

  /// Whether files changed so short ago that they could not be taken in.
  boolean hasMore() {
    return hasMore;
  }

  /// Takes in what was committed.
  ///
  /// @return whether there was anything
  boolean refresh() throws IOException {
    if (index != null) {
      return index.refresh();
    }
    boolean isNew = open();
    isUnverified &= !isWriter; // what was just written is as it was written
    return isNew;
  }

  /// The index as it is; empty if there is none.
  Optional<TrigramSnapshot> snapshot() {
    return index == null ? Optional.empty() : Optional.of(index.snapshot());
  }

  /// Begins with an empty index, or has the process do it that writes the index.
  void startAnew() throws IOException {
    if (index != null) {
      index.close();
      index = null;
    }
    dropWriter();
    setWriter(TrigramWriter.openEmpty(directory, tree));
    if (writer == null) {
      RebuildMark.set(directory);
    }
  }

  /// Lets another process write, or this one begin again with what is on the disk.
  void dropWriter() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      System.getLogger(IndexStore.class.getName()).log(Level.DEBUG, "index=writer not closed", e);
    }
    setWriter(Optional.empty());
  }

  /// Gives the index up.
  void close() {
    dropWriter();
    try {
      if (index != null) {
        index.close();
      }
    } catch (IOException e) {
      System.getLogger(IndexStore.class.getName()).log(Level.DEBUG, "index=not closed", e);
    }
  }
}
