package dev.homeport.search.trigram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/// An index of which trigrams stand where in the files of a tree, open for reading.
///
/// Follows what a [TrigramWriter], in this process or another one, commits; but only when it is
/// told to, so that no query waits for it. Thread-safe.
public final class TrigramIndex implements AutoCloseable {
  private final Directory directory;
  private final String tree;
  private TrigramSnapshot current;

  private TrigramIndex(Directory directory, String tree, TrigramSnapshot current) {
    this.directory = directory;
    this.tree = tree;
    this.current = current;
  }

  /// Opens an index, or nothing if there is none yet.
  ///
  /// @param path its directory
  /// @param tree names the tree, as it was given to the writer
  /// @throws UnusableIndexException if the index must be made again
  public static Optional<TrigramIndex> open(Path path, String tree) throws IOException {
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    Directory directory = FSDirectory.open(path);
    try {
      if (!DirectoryReader.indexExists(directory)) {
        directory.close();
        return Optional.empty();
      }
      TrigramSnapshot snapshot =
          UnusableIndexException.reading(() ->
              snapshot(
                  DirectoryReader.open(directory),
                  tree,
                  reader -> TrigramSnapshot.of(reader, path)));
      return Optional.of(new TrigramIndex(directory, tree, snapshot));
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private interface Loader {
    TrigramSnapshot load(DirectoryReader reader) throws IOException;
  }

  private static TrigramSnapshot snapshot(DirectoryReader reader, String tree, Loader loader)
      throws IOException {
    try {
      if (!isUsable(reader.getIndexCommit().getUserData(), tree)) {
        throw new UnusableIndexException("the trigram index is of another format or tree", null);
      }
      return loader.load(reader);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /// Whether a directory has an index of a tree in the format of this version, or none at all.
  public static boolean isUsable(Directory directory, String tree) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return true;
    }
    try {
      return UnusableIndexException.reading(
          () -> isUsable(SegmentInfos.readLatestCommit(directory).getUserData(), tree));
    } catch (UnusableIndexException e) {
      return false;
    }
  }

  private static boolean isUsable(Map<String, String> userData, String tree) {
    return IndexSchema.VERSION.equals(userData.get(IndexSchema.VERSION_KEY))
        && tree.equals(userData.get(IndexSchema.TREE_KEY));
  }

  /// The index as it was when it was last refreshed; to be closed by the caller.
  public synchronized TrigramSnapshot snapshot() {
    return current.share();
  }

  /// Takes in what was committed since.
  ///
  /// @return whether there was anything
  /// @throws UnusableIndexException if the index must be made again
  public boolean refresh() throws IOException {
    try (TrigramSnapshot old = snapshot()) {
      Optional<TrigramSnapshot> fresh =
          UnusableIndexException.reading(() -> {
            DirectoryReader reader = DirectoryReader.openIfChanged(old.reader());
            return reader == null
                ? Optional.empty()
                : Optional.of(snapshot(reader, tree, TrigramSnapshot::of));
          });
      if (fresh.isEmpty()) {
        return false;
      }
      synchronized (this) {
        current.close();
        current = fresh.get();
      }
      return true;
    }
  }

  /// Closes the index; snapshots stay usable until they are closed.
  @Override
  public void close() throws IOException {
    synchronized (this) {
      current.close();
    }
    directory.close();
  }
}
