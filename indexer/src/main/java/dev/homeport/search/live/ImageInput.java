package dev.homeport.search.live;

import dev.homeport.search.columns.ColumnInput;
import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreTexts;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what [ImageOutput] wrote. For one thread.
final class ImageInput {
  /// The generation of a table that was read.
  static final int GENERATION = 1;

  private final ColumnInput in;

  ImageInput(ColumnInput in) {
    this.in = in;
  }

  Map<String, Stat> states() {
    var states = new HashMap<String, Stat>();
    for (int left = in.length(); left > 0; left--) {
      states.put(
          in.text(),
          new Stat(
              in.length(),
              in.length(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number()));
    }
    return states;
  }

  /// A listing with all below it; its directories have no rules and no watches.
  Folder folder() {
    return new Columns().next();
  }

  /// The columns of all listings, which are taken apart again.
  private final class Columns {
    private final int[] entryCounts;
    private final int[] nameLengths;
    private final int[] childCounts;
    private final byte[] children;
    private final long[] facts;
    private final IgnoreTexts[] texts;
    private final byte[] names;
    private final byte[] flags;
    private final int[] ends;
    private final LongBuffer sizes;
    private final LongBuffer modified;
    private final LongBuffer changed;
    private final LongBuffer inodes;
    private int folder;
    private int entry;
    private int name;
    private int child;

    Columns() {
      int folders = in.length();
      entryCounts = in.ints(folders);
      nameLengths = in.ints(folders);
      childCounts = in.ints(folders);
      children = in.bytes(Arrays.stream(childCounts).sum());
      facts = in.longs(3 * folders);
      texts = new IgnoreTexts[folders];
      for (int i = 0; i < folders; i++) {
        texts[i] = IgnoreTexts.decode(in.bytes(in.length()));
      }
      int entries = Arrays.stream(entryCounts).sum();
      names = in.bytes(Arrays.stream(nameLengths).sum());
      flags = in.bytes(entries);
      ends = in.ints(entries);
      sizes = in.column(entries);
      modified = in.column(entries);
      changed = in.column(entries);
      inodes = in.column(entries);
    }

    /// The next listing in order, with all below it.
    Folder next() {
      int number = folder++;
      int from = entry;
      int to = from + entryCounts[number];
      entry = to;
      int nameFrom = name;
      name += nameLengths[number];
      var own =
          new Folder.Facts(
              DirectoryRules.NONE,
              texts[number],
              facts[3 * number],
              facts[3 * number + 1],
              facts[3 * number + 2],
              -1);
      int[] stamps = new int[to - from];
      Arrays.fill(stamps, GENERATION);
      int childFrom = child;
      child += childCounts[number];
      byte[] ownNames = Arrays.copyOfRange(names, nameFrom, nameFrom + nameLengths[number]);
      long[] ownSizes = next(sizes, to - from);
      long[] ownModified = next(modified, to - from);
      long[] ownChanged = next(changed, to - from);
      long[] ownInodes = next(inodes, to - from);
      @Nullable Folder[] below = new Folder[childCounts[number]];
      for (int i = 0; i < below.length; i++) {
        below[i] = child(children[childFrom + i]);
      }
      return new Folder(
          own,
          ownNames,
          Arrays.copyOfRange(ends, from, to),
          Arrays.copyOfRange(flags, from, to),
          ownSizes,
          ownModified,
          ownChanged,
          ownInodes,
          stamps,
          below);
    }

    private static long[] next(LongBuffer column, int count) {
      long[] values = new long[count];
      column.get(values);
      return values;
    }

    private @Nullable Folder child(byte sign) {
      return switch (sign) {
        case ImageOutput.LISTING -> next();
        case ImageOutput.UNREADABLE -> Folder.UNREADABLE;
        case ImageOutput.GONE -> Folder.GONE;
        default -> null;
      };
    }
  }
}
