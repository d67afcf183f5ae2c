package dev.homeport.search;

import dev.homeport.search.tree.TreeFile;
import java.util.Arrays;
import java.util.List;

/// Sorts files that are in path order by their last change, the latest first.
///
/// A radix sort, since the many files of a large tree are to be in order within some milliseconds.
final class LastChangedFirst {
  private static final int DIGIT = 11;
  private static final int BUCKETS = 1 << DIGIT;

  private LastChangedFirst() {}

  /// The files in their new order; those that changed at the same time stay in path order.
  static List<TreeFile> sort(List<TreeFile> files) {
    TreeFile[] sorted = new TreeFile[files.size()];
    int[] order = order(files);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = files.get(order[i]);
    }
    return Arrays.asList(sorted);
  }

  /// The indexes of the files in their new order.
  static int[] order(List<TreeFile> files) {
    int[] sorted = new int[files.size()];
    long[] keys = new long[sorted.length];
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (TreeFile file : files) {
      least = Math.min(least, file.modified());
      greatest = Math.max(greatest, file.modified());
    }
    // Counted down from the latest, as numbers without a sign.
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = i;
      keys[i] = greatest - files.get(i).modified();
    }
    long range = greatest - least;
    int[] spare = new int[sorted.length];
    long[] spareKeys = new long[keys.length];
    for (int shift = 0; shift < Long.SIZE && range >>> shift != 0; shift += DIGIT) {
      pass(sorted, keys, spare, spareKeys, shift);
      int[] sorted1 = sorted;
      sorted = spare;
      spare = sorted1;
      long[] keys1 = keys;
      keys = spareKeys;
      spareKeys = keys1;
    }
    return sorted;
  }

  private static void pass(int[] files, long[] keys, int[] toFiles, long[] toKeys, int shift) {
    int[] starts = new int[BUCKETS + 1];
    for (long key : keys) {
      starts[(int) (key >>> shift & BUCKETS - 1) + 1]++;
    }
    for (int i = 0; i < BUCKETS; i++) {
      starts[i + 1] += starts[i];
    }
    for (int i = 0; i < keys.length; i++) {
      int at = starts[(int) (keys[i] >>> shift & BUCKETS - 1)]++;
      toFiles[at] = files[i];
      toKeys[at] = keys[i];
    }
  }
}
