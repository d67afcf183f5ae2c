package dev.homeport.search.trigram;

import dev.homeport.search.columns.ColumnInput;
import dev.homeport.search.columns.ColumnOutput;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/// The indexed files, numbered in the order of a walk. Immutable.
///
/// Takes the bytes of the paths and 29 bytes for each file.
public final class FileCatalog {
  private final byte[] keys;

  /// For each file, and for the end, where its key begins in `keys`.
  private final int[] starts;

  private final Columns columns;
  private final int[] wholeFiles;
  private final int[] binaryFiles;

  /// A number of each kind for each file.
  static final class Columns {
    final long[] sizes;
    final long[] modified;
    final long[] inodes;
    final byte[] coverage;

    Columns(int count) {
      this(new long[count], new long[count], new long[count], new byte[count]);
    }

    private Columns(long[] sizes, long[] modified, long[] inodes, byte[] coverage) {
      this.sizes = sizes;
      this.modified = modified;
      this.inodes = inodes;
      this.coverage = coverage;
    }

    private Columns first(int count) {
      return new Columns(
          Arrays.copyOf(sizes, count),
          Arrays.copyOf(modified, count),
          Arrays.copyOf(inodes, count),
          Arrays.copyOf(coverage, count));
    }
  }

  /// Collects files in order.
  static final class Builder {
    private byte[] keys;
    private final int[] starts;
    private final Columns columns;
    private int count;

    /// @param most how many files there can be
    Builder(int most) {
      keys = new byte[32 * most];
      starts = new int[most + 1];
      columns = new Columns(most);
    }

    /// Adds a file, whose numbers stand at an index of some columns, and gives its number.
    int add(BytesRef key, Columns from, int index) {
      int end = starts[count] + key.length;
      keys = ArrayUtil.grow(keys, end);
      System.arraycopy(key.bytes, key.offset, keys, starts[count], key.length);
      columns.sizes[count] = from.sizes[index];
      columns.modified[count] = from.modified[index];
      columns.inodes[count] = from.inodes[index];
      columns.coverage[count] = from.coverage[index];
      starts[count + 1] = end;
      return count++;
    }

    void setCoverage(int file, Coverage value) {
      columns.coverage[file] = (byte) value.code();
    }

    FileCatalog build() {
      return new FileCatalog(
          Arrays.copyOf(keys, starts[count]),
          Arrays.copyOf(starts, count + 1),
          columns.first(count));
    }
  }

  /// Writes the catalog, for [#read].
  void write(ColumnOutput out) {
    out.number(size());
    out.number(keys.length);
    out.bytes(keys);
    out.ints(starts);
    out.longs(columns.sizes);
    out.longs(columns.modified);
    out.longs(columns.inodes);
    out.bytes(columns.coverage);
  }

  /// What [#write] wrote.
  static FileCatalog read(ColumnInput in) {
    int count = in.length();
    byte[] keys = in.bytes(in.length());
    int[] starts = in.ints(count + 1);
    return new FileCatalog(
        keys,
        starts,
        new Columns(in.longs(count), in.longs(count), in.longs(count), in.bytes(count)));
  }

  private FileCatalog(byte[] keys, int[] starts, Columns columns) {
    this.keys = keys;
    this.starts = starts;
    this.columns = columns;
    this.wholeFiles = files(Coverage.WHOLE);
    this.binaryFiles = files(Coverage.BINARY);
  }

  private int[] files(Coverage coverage) {
    return IntStream.range(0, size())
        .filter(file -> columns.coverage[file] == coverage.code())
        .toArray();
  }

  /// How many files there are.
  public int size() {
    return starts.length - 1;
  }

  /// The path of a file, names joined by `/`.
  public String path(int file) {
    return PathKey.path(keys, starts[file], starts[file + 1]);
  }

  /// The state in which a file was indexed.
  public Fingerprint fingerprint(int file) {
    return new Fingerprint(columns.sizes[file], columns.modified[file], columns.inodes[file]);
  }

  /// How far the index knows what a file holds.
  public Coverage coverage(int file) {
    return Coverage.of(columns.coverage[file]);
  }

  /// The file with a path, if it is indexed.
  public OptionalInt find(String path) {
    int file = find(PathKey.of(path));
    return file < 0 ? OptionalInt.empty() : OptionalInt.of(file);
  }

  /// For each of some paths the number of its file, or -1; fastest in the order of a walk.
  public int[] findAll(List<String> paths) {
    int[] files = new int[paths.size()];
    int next = 0;
    for (int i = 0; i < files.length; i++) {
      PathKey key = PathKey.of(paths.get(i));
      boolean isNext = next < size() && key.compareTo(keys, starts[next], starts[next + 1]) == 0;
      files[i] = isNext ? next : find(key);
      next = files[i] < 0 ? next : files[i] + 1;
    }
    return files;
  }

  private int find(PathKey key) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.compareTo(keys, starts[middle], starts[middle + 1]);
      if (order == 0) {
        return middle;
      }
      if (order > 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /// The files whose coverage is [Coverage#BINARY], in order.
  public IntStream binaryFiles() {
    return Arrays.stream(binaryFiles);
  }

  /// The files whose coverage is [Coverage#WHOLE], in order.
  IntStream wholeFiles() {
    return Arrays.stream(wholeFiles);
  }
}
