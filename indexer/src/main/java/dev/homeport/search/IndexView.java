package dev.homeport.search;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableImage;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Candidates;
import dev.homeport.search.trigram.FileCatalog;
import dev.homeport.search.trigram.Fingerprint;
import dev.homeport.search.trigram.TrigramSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What an index knows of the files of a table.
///
/// A file counts as known if it has the very state in which it was indexed: then it has the same
/// content, as the file system itself sets the time of change, and nothing is indexed that might
/// still change within one tick of that clock. Thread-safe; close it after use.
final class IndexView implements AutoCloseable {
  /// Stands for a file of the index that the table does not have in the same state.
  private static final TreeFile NOTHING = new TreeFile("", 0, 0, 0);

  private final FileTable table;
  private final TrigramSnapshot index;
  private final Object comparison;

  /// For each file of the index the file of the table, or [#NOTHING], or null as long as nobody
  /// asked. Two threads that ask at the same time find the same.
  private final @Nullable TreeFile[] known;

  private final List<TreeFile> unknown;

  private IndexView(
      FileTable table,
      TrigramSnapshot index,
      Object comparison,
      @Nullable TreeFile[] known,
      List<TreeFile> unknown) {
    this.table = table;
    this.index = index;
    this.comparison = comparison;
    this.known = known;
    this.unknown = List.copyOf(unknown);
  }

  private static IndexView of(FileTable table, TrigramSnapshot index, List<TreeFile> unknown) {
    var known = new @Nullable TreeFile[index.catalog().size()];
    return new IndexView(table, index, new Object(), known, unknown);
  }

  /// Compares all files of a table with an index, which it takes over.
  static IndexView join(FileTable table, TrigramSnapshot index) {
    FileCatalog catalog = index.catalog();
    var files = new ArrayList<TreeFile>();
    var paths = new ArrayList<String>();
    table.each((file, _) -> {
      if (file.bytes() > 0) {
        files.add(file);
        paths.add(file.path());
      }
    });
    int[] numbers = catalog.findAll(paths);
    var unknown = new ArrayList<TreeFile>();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || !isSame(catalog, numbers[i], files.get(i))) {
        unknown.add(files.get(i));
      }
    }
    return of(table, index, unknown);
  }

  /// The same as [#join], in a time that goes with the number of files that changed since an
  /// earlier table of the same live tree was compared with the same index.
  static IndexView since(TableImage earlier, FileTable table, TrigramSnapshot index) {
    Collection<String> paths = new LinkedHashSet<>(earlier.missing());
    paths.addAll(table.changedSince(earlier.table()));
    var unknown = new ArrayList<TreeFile>();
    for (String path : paths) {
      Optional<TreeFile> file = table.file(path).filter(found -> found.bytes() > 0);
      OptionalInt number = index.catalog().find(path);
      if (file.isPresent()
          && (number.isEmpty() || !isSame(index.catalog(), number.getAsInt(), file.get()))) {
        unknown.add(file.get());
      }
    }
    return of(table, index, unknown);
  }

  private static boolean isSame(FileCatalog catalog, int number, TreeFile file) {
    return catalog.fingerprint(number).equals(fingerprint(file));
  }

  /// The state of a file, as it is kept in an index.
  static Fingerprint fingerprint(TreeFile file) {
    return new Fingerprint(file.bytes(), file.modified(), file.state());
  }

  /// The same view for another user.
  IndexView share() {
    return new IndexView(table, index.share(), comparison, known, unknown);
  }

  /// What a later view of the same index can begin with.
  TableImage image() {
    return new TableImage(table, index.version(), unknown.stream().map(TreeFile::path).toList());
  }

  /// Keeps what the index says of its files: see [TrigramSnapshot#keepCatalog].
  void keepCatalog(Path directory) throws IOException {
    index.keepCatalog(directory);
  }

  /// The table that was compared.
  FileTable table() {
    return table;
  }

  /// How many files the index has.
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

  /// How many files are not known, but for empty ones.
  int unknownFiles() {
    return unknown.size();
  }

  /// Where in the files of the index something may match.
  Candidates candidates(GramFilter grams) throws IOException {
    return index.lookup(grams).candidates();
  }

  /// A file of the index, or null if it is not known in the state that it has in the table.
  @Nullable TreeFile file(int number) {
    TreeFile found = known[number];
    if (found == null) {
      FileCatalog catalog = index.catalog();
      found =
          table
              .file(catalog.path(number))
              .filter(file -> isSame(catalog, number, file))
              .orElse(NOTHING);
      known[number] = found;
    }
    return found.path().isEmpty() ? null : found;
  }

  /// The files of the table that are not known, but for empty ones.
  List<TreeFile> unknown() {
    return unknown;
  }

  /// The numbers of the known files in which nothing ever matches, since they are binary.
  IntStream binaries() {
    return index.catalog().binaryFiles().filter(number -> file(number) != null);
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
