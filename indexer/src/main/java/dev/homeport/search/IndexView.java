package dev.homeport.search;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.live.FileTable;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Candidates;
import dev.homeport.search.trigram.Coverage;
import dev.homeport.search.trigram.FileCatalog;
import dev.homeport.search.trigram.Fingerprint;
import dev.homeport.search.trigram.TrigramSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What an index knows of the files of a table.
///
/// A file counts as known if it has the very state in which it was indexed: then it has the same
/// content, as the file system itself sets the time of change, and nothing is indexed that might
/// still change within one tick of that clock. Immutable, thread-safe; close it after use.
final class IndexView implements AutoCloseable {
  private final FileTable table;
  private final TrigramSnapshot index;
  private final Object comparison;

  /// For each file of the index the file of the table, or null if that is not known.
  private final @Nullable TreeFile[] known;

  private final List<TreeFile> unknown;
  private final int[] binaries;

  private IndexView(
      FileTable table,
      TrigramSnapshot index,
      Object comparison,
      @Nullable TreeFile[] known,
      List<TreeFile> unknown,
      int[] binaries) {
    this.table = table;
    this.index = index;
    this.comparison = comparison;
    this.known = known;
    this.unknown = unknown;
    this.binaries = binaries;
  }

  /// Compares a table with an index, which it takes over.
  static IndexView join(FileTable table, TrigramSnapshot index) {
    FileCatalog catalog = index.catalog();
    var known = new @Nullable TreeFile[catalog.size()];
    var unknown = new ArrayList<TreeFile>();
    var files = new ArrayList<TreeFile>();
    var paths = new ArrayList<String>();
    table.each((file, _) -> {
      files.add(file);
      paths.add(file.path());
    });
    int[] numbers = catalog.findAll(paths);
    for (int i = 0; i < numbers.length; i++) {
      TreeFile file = files.get(i);
      if (numbers[i] >= 0 && catalog.fingerprint(numbers[i]).equals(fingerprint(file))) {
        known[numbers[i]] = file;
      } else if (file.bytes() > 0) {
        unknown.add(file);
      }
    }
    int[] binaries =
        IntStream.range(0, known.length)
            .filter(i -> known[i] != null && catalog.coverage(i) == Coverage.BINARY)
            .toArray();
    return new IndexView(table, index, new Object(), known, List.copyOf(unknown), binaries);
  }

  /// The state of a file, as it is kept in an index.
  static Fingerprint fingerprint(TreeFile file) {
    return new Fingerprint(file.bytes(), file.modified(), file.state());
  }

  /// The same view for another user.
  IndexView share() {
    return new IndexView(table, index.share(), comparison, known, unknown, binaries);
  }

  /// The table that was compared.
  FileTable table() {
    return table;
  }

  /// How many files are known.
  int knownFiles() {
    return known.length;
  }

  /// Counts the changes of the index.
  long generation() throws IOException {
    return index.generation();
  }

  /// How many chunks the index has, those included that an update has replaced.
  int chunks() {
    return index.chunkCount();
  }

  /// How many files are not, but for empty ones.
  int unknownFiles() {
    return unknown.size();
  }

  /// Where in the files of the index something may match.
  Candidates candidates(GramFilter grams) throws IOException {
    return index.lookup(grams).candidates();
  }

  /// A file of the index, or null if it is not known in the state that it has in the table.
  @Nullable TreeFile file(int number) {
    return known[number];
  }

  /// The files of the table that are not known, but for empty ones.
  List<TreeFile> unknown() {
    return unknown;
  }

  /// The numbers of the known files in which nothing ever matches, since they are binary.
  int[] binaries() {
    return binaries.clone();
  }

  /// The same object for all views that compare the same table with the same index.
  Object comparison() {
    return comparison;
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
