package dev.homeport.index;

import dev.homeport.index.IndexUpdate.Stamp;
import dev.homeport.search.tree.TreeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/// What is committed of the index, by whatever process, and in which state it has each file.
///
/// An index that is broken or of another version is deleted. Thread-safe; close it after use.
final class CommittedIndex implements AutoCloseable {
  /// What the documents and words of the index are like; changes with them.
  private static final String FORMAT = "3";

  private static final String FORMAT_KEY = "format";

  private final Directory directory;
  private @Nullable DirectoryReader reader;
  private Map<String, Stamp> stamps = new HashMap<>();

  /// The commit that the stamps are of, changes by this process after it included.
  private long generation = -1;

  /// The tree that was compared last, and what came of it; null after the stamps changed.
  private Map<String, TreeFile> compared = Map.of();

  private @Nullable IndexUpdate comparison;

  CommittedIndex(Directory directory) {
    this.directory = directory;
  }

  /// What tells readers of a commit how it was made.
  static Map<String, String> userData() {
    return Map.of(FORMAT_KEY, FORMAT);
  }

  /// Whether an exception tells that the index has to be made again.
  static boolean isBroken(IOException e) {
    return e instanceof CorruptIndexException
        || e instanceof IndexFormatTooOldException
        || e instanceof IndexFormatTooNewException
        || e instanceof FileNotFoundException
        || e instanceof NoSuchFileException;
  }

  /// The newest commit, to be given back by [#release]; empty if there is none.
  synchronized Optional<DirectoryReader> acquire() throws IOException {
    refresh();
    DirectoryReader now = reader;
    if (now != null) {
      now.incRef();
    }
    return Optional.ofNullable(now);
  }

  static void release(DirectoryReader acquired) throws IOException {
    acquired.decRef();
  }

  /// What has to be done so that the index has the files of a tree as they are.
  @SuppressWarnings("ReferenceEquality") // to compare all files would take the time to be saved
  synchronized IndexUpdate update(Map<String, TreeFile> tree) throws IOException {
    refresh();
    IndexUpdate known = comparison;
    if (known != null && compared == tree) {
      return known;
    }
    IndexUpdate update = IndexUpdate.between(tree, stamps);
    comparison = update;
    compared = tree;
    return update;
  }

  /// The index has the files of a tree as they are, as everything was done that [#update] told.
  synchronized void settle(Map<String, TreeFile> tree) {
    comparison = IndexUpdate.NOTHING;
    compared = tree;
  }

  private void refresh() throws IOException {
    try {
      DirectoryReader before = reader;
      DirectoryReader now = before != null ? DirectoryReader.openIfChanged(before) : open();
      if (now == null) {
        return;
      }
      reader = now;
      if (before != null) {
        before.close();
      }
      requireFormat(now);
      if (now.getIndexCommit().getGeneration() != generation) {
        load(now);
      }
    } catch (IOException e) {
      if (!isBroken(e)) {
        throw e;
      }
      discard(e);
    }
  }

  private @Nullable DirectoryReader open() throws IOException {
    return DirectoryReader.indexExists(directory) ? DirectoryReader.open(directory) : null;
  }

  private void load(DirectoryReader now) throws IOException {
    stamps = stamps(now);
    generation = now.getIndexCommit().getGeneration();
    comparison = null;
  }

  /// Forgets what this process wrote after the last commit, as it failed to commit it.
  synchronized void forgetUncommitted() throws IOException {
    DirectoryReader now = reader;
    if (now == null) {
      stamps.clear();
      generation = -1;
    } else {
      load(now);
    }
    comparison = null;
  }

  /// Deletes an index that is broken.
  synchronized void discard(IOException reason) throws IOException {
    System.getLogger(CommittedIndex.class.getName())
        .log(Level.WARNING, "index made again: {0}", reason.getClass().getName());
    close();
    for (String file : directory.listAll()) {
      directory.deleteFile(file);
    }
  }

  /// Refuses an index whose words are cut in another way than those of questions.
  private static void requireFormat(DirectoryReader reader) throws IOException {
    String format = reader.getIndexCommit().getUserData().getOrDefault(FORMAT_KEY, "1");
    if (!format.equals(FORMAT)) {
      throw new IndexFormatTooOldException("index", "format " + format + ", not " + FORMAT);
    }
  }

  private static Map<String, Stamp> stamps(DirectoryReader reader) throws IOException {
    var stamps = new HashMap<String, Stamp>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      var paths = leaf.reader().getSortedDocValues(IndexFields.PATH);
      var sizes = leaf.reader().getNumericDocValues(IndexFields.SIZE);
      var modified = leaf.reader().getNumericDocValues(IndexFields.MODIFIED);
      int last = -1;
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        boolean hasAll =
            paths.advanceExact(doc) && sizes.advanceExact(doc) && modified.advanceExact(doc);
        // The passages of a file stand one after the other.
        if (hasAll && paths.ordValue() != last && (live == null || live.get(doc))) {
          last = paths.ordValue();
          String path = paths.lookupOrd(last).utf8ToString();
          stamps.put(path, new Stamp(sizes.longValue(), modified.longValue()));
        }
      }
    }
    return stamps;
  }

  /// Whether the index has a file, in whatever state.
  synchronized boolean has(String path) {
    return stamps.containsKey(path);
  }

  /// This process put a file into the index, to be committed.
  synchronized void wrote(TreeFile file) {
    stamps.put(file.path(), Stamp.of(file));
    comparison = null;
  }

  /// This process took a file out of the index, to be committed.
  synchronized void removed(String path) {
    stamps.remove(path);
    comparison = null;
  }

  /// This process committed all that it put in and took out.
  synchronized void committed(long commit) {
    generation = commit;
  }

  @Override
  public synchronized void close() throws IOException {
    DirectoryReader open = reader;
    reader = null;
    stamps = new HashMap<>();
    generation = -1;
    comparison = null;
    if (open != null) {
      open.close();
    }
  }
}
