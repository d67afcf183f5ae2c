package dev.homeport.search.trigram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The parts of files in which a pattern may match, by file in the order of a walk. Immutable.
///
/// Says nothing of files that are not in the catalog, or not in the state that it has of them.
public final class Candidates {
  private static final int WHOLE = -1;

  private final int[] files;

  /// For each file, and for the end, where its chunks begin.
  private final int[] starts;

  private final long[] offsets;
  private final int[] lengths;
  private final long[] lines;

  private Candidates(int[] files, int[] starts, long[] offsets, int[] lengths, long[] lines) {
    this.files = files;
    this.starts = starts;
    this.offsets = offsets;
    this.lengths = lengths;
    this.lines = lines;
  }

  /// How many files there are.
  public int size() {
    return files.length;
  }

  /// How many chunks there are, a whole file counted as one.
  public int chunkCount() {
    return offsets.length;
  }

  /// The number of a file in the catalog.
  public int file(int index) {
    return files[index];
  }

  /// Whether all of a file must be searched, not only some chunks.
  public boolean isWhole(int index) {
    return lengths[starts[index]] == WHOLE;
  }

  /// The chunks of a file, first to last; empty if all of it must be searched.
  public List<Chunk> chunks(int index) {
    if (isWhole(index)) {
      return List.of();
    }
    var chunks = new ArrayList<Chunk>();
    for (int i = starts[index]; i < starts[index + 1]; i++) {
      chunks.add(new Chunk(offsets[i], lengths[i], lines[i]));
    }
    // Those of a long file may come from several segments.
    chunks.sort(Comparator.comparingLong(Chunk::offset));
    return chunks;
  }

  /// The indexes of all files in another order.
  ///
  /// @param rank for each file of the catalog its place in that order
  public int[] orderedBy(int[] rank) {
    long[] keys = new long[files.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) rank[files[i]] << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /// Collects chunks in any order.
  static final class Builder {
    private int[] files = new int[64];
    private long[] offsets = new long[64];
    private int[] lengths = new int[64];
    private long[] lines = new long[64];
    private int size;

    void addWhole(int file) {
      addChunk(file, 0, WHOLE, 1);
    }

    void addChunk(int file, long offset, int length, long line) {
      if (size == files.length) {
        files = Arrays.copyOf(files, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
        lines = Arrays.copyOf(lines, 2 * size);
      }
      files[size] = file;
      offsets[size] = offset;
      lengths[size] = length;
      lines[size++] = line;
    }

    Candidates build() {
      long[] order = new long[size];
      boolean isSorted = true;
      for (int i = 0; i < size; i++) {
        order[i] = (long) files[i] << 32 | i;
        isSorted &= i == 0 || files[i - 1] <= files[i];
      }
      if (!isSorted) {
        Arrays.sort(order);
      }
      int[] distinct = new int[size];
      int[] starts = new int[size + 1];
      long[] sortedOffsets = new long[size];
      int[] sortedLengths = new int[size];
      long[] sortedLines = new long[size];
      int count = 0;
      for (int i = 0; i < size; i++) {
        int from = (int) order[i];
        if (count == 0 || distinct[count - 1] != files[from]) {
          distinct[count] = files[from];
          starts[count++] = i;
        }
        sortedOffsets[i] = offsets[from];
        sortedLengths[i] = lengths[from];
        sortedLines[i] = lines[from];
      }
      starts[count] = size;
      return new Candidates(
          Arrays.copyOf(distinct, count),
          Arrays.copyOf(starts, count + 1),
          sortedOffsets,
          sortedLengths,
          sortedLines);
    }
  }
}
