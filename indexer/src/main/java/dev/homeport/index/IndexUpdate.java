package dev.homeport.index;

import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;

/// The difference between the tree and an index, and how to close it.
///
/// @param changed files that the index does not have as they are now
/// @param gone paths that the index has and the tree has not
record IndexUpdate(List<TreeFile> changed, List<String> gone) {
  /// So many files are read from one report of progress to the next.
  private static final int REPORTED = 500;

  private record Stamp(long size, long modified) {}

  /// Compares the tree with an index.
  static IndexUpdate between(Map<String, TreeFile> tree, DirectoryReader reader)
      throws IOException {
    Map<String, Stamp> indexed = stamps(reader);
    var changed = new ArrayList<TreeFile>();
    for (TreeFile file : tree.values()) {
      Stamp stamp = indexed.remove(file.path());
      if (stamp == null || !stamp.equals(new Stamp(file.bytes(), file.modified()))) {
        changed.add(file);
      }
    }
    return new IndexUpdate(changed, List.copyOf(indexed.keySet()));
  }

  private static Map<String, Stamp> stamps(DirectoryReader reader) throws IOException {
    var stamps = new HashMap<String, Stamp>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      var paths = leaf.reader().getSortedDocValues(IndexFields.PATH);
      var sizes = leaf.reader().getNumericDocValues(IndexFields.SIZE);
      var modified = leaf.reader().getNumericDocValues(IndexFields.MODIFIED);
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        boolean hasAll =
            paths.advanceExact(doc) && sizes.advanceExact(doc) && modified.advanceExact(doc);
        if (hasAll && (live == null || live.get(doc))) {
          String path = paths.lookupOrd(paths.ordValue()).utf8ToString();
          stamps.put(path, new Stamp(sizes.longValue(), modified.longValue()));
        }
      }
    }
    return stamps;
  }

  boolean isEmpty() {
    return changed.isEmpty() && gone.isEmpty();
  }

  /// Brings the index up to the tree until the deadline; what is left stays out of date.
  ///
  /// @param deadline in the time of [System#nanoTime]
  /// @return how many changed files are left
  int apply(IndexWriter writer, TreeTexts texts, Path root, long deadline, IndexProgress progress)
      throws IOException, InterruptedException {
    for (String path : gone) {
      writer.deleteDocuments(new Term(IndexFields.PATH, path));
    }
    int done = 0;
    try (var opener = new FileOpener(root)) {
      for (TreeFile file : changed) {
        if (System.nanoTime() > deadline) {
          break;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        var stale = new Term(IndexFields.PATH, file.path());
        Optional<String> text = texts.read(opener, file.path());
        if (text.isPresent()) {
          writer.updateDocuments(
              stale, IndexFields.documents(file.path(), file.bytes(), file.modified(), text.get()));
        } else {
          writer.deleteDocuments(stale);
        }
        done++;
        if (done % REPORTED == 0) {
          progress.read(done, changed.size());
        }
      }
    }
    return changed.size() - done;
  }
}
