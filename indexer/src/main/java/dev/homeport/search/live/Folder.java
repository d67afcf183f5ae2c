package dev.homeport.search.live;

import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreRules.Verdict;
import dev.homeport.search.tree.IgnoreTexts;
import dev.homeport.search.tree.TreeFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The listing of one directory in arrays, its entries sorted by the bytes of their names, with
/// those of the directories below it. Immutable.
///
/// Some 50 bytes an entry. What did not change between two tables is the same object in both.
final class Folder {
  /// Stands for a directory that could not be opened.
  static final Folder UNREADABLE = empty();

  /// Stands for a directory that was gone when it was to be opened.
  static final Folder GONE = empty();

  static final int KIND = 0b11;
  static final int VERDICT = 0b1100;
  static final int IGNORED = 0b0100;
  static final int WHITELISTED = 0b1000;
  static final int UNNAMABLE = 1 << 4;
  static final int HOT = 1 << 5;
  static final int SHARED = 1 << 6;
  static final int DOT = 1 << 7;

  /// Set in [#below] if there is a file with several names in the directory or below it.
  static final int HAS_SHARED = 1;

  /// Set in [#below] if the directory or one below it is the root of a repository.
  static final int HAS_REPOSITORY = 2;

  final Facts facts;
  final byte[] names;

  /// Where each name ends in [#names].
  final int[] ends;

  final byte[] flags;

  /// The size of each file; for each directory the index of its listing in [#children].
  final long[] sizes;

  final long[] modified;
  final long[] changed;
  final long[] inodes;

  /// The generation of the table in which each entry was last found to have changed.
  final int[] stamps;

  /// The listings of the directories, null for those that are not kept in memory.
  final @Nullable Folder[] children;

  final int below;

  /// What is known of a directory as a whole.
  ///
  /// @param rules the ignore rules that hold in it
  /// @param changed when its entries last changed, or [#UNCERTAIN]
  /// @param watch the number of its watch, or -1
  record Facts(
      DirectoryRules rules, IgnoreTexts texts, long device, long inode, long changed, int watch) {
    /// The time of a directory that may have changed once more without showing it.
    static final long UNCERTAIN = 0;

    /// The facts of a directory that is about to be listed.
    ///
    /// @param now the time just before it was asked for
    static Facts of(DirectoryRules rules, IgnoreTexts texts, Stat stat, long now, int watch) {
      long changed = Stat.isHot(stat.changed(), now) ? UNCERTAIN : stat.changed();
      return new Facts(rules, texts, stat.device(), stat.inode(), changed, watch);
    }

    /// The same directory with other rules and another watch.
    Facts with(DirectoryRules otherRules, int otherWatch) {
      return new Facts(otherRules, texts, device, inode, changed, otherWatch);
    }

    /// Whether a directory that has this state now is the same, with the same entries.
    boolean isStill(Stat now) {
      return changed != UNCERTAIN
          && changed == now.changed()
          && inode == now.inode()
          && device == now.device();
    }
  }

  Folder(FolderBuilder builder, Facts facts) {
    this.facts = facts;
    names = builder.names();
    int size = builder.size();
    ends = Arrays.copyOf(builder.ends, size);
    flags = Arrays.copyOf(builder.flags, size);
    sizes = Arrays.copyOf(builder.sizes, size);
    modified = Arrays.copyOf(builder.modified, size);
    changed = Arrays.copyOf(builder.changed, size);
    inodes = Arrays.copyOf(builder.inodes, size);
    stamps = Arrays.copyOf(builder.stamps, size);
    children = builder.children();
    below = summary();
  }

  /// Takes over all arrays.
  Folder(
      Facts facts,
      byte[] names,
      int[] ends,
      byte[] flags,
      long[] sizes,
      long[] modified,
      long[] changed,
      long[] inodes,
      int[] stamps,
      @Nullable Folder[] children) {
    this.facts = facts;
    this.names = names;
    this.ends = ends;
    this.flags = flags;
    this.sizes = sizes;
    this.modified = modified;
    this.changed = changed;
    this.inodes = inodes;
    this.stamps = stamps;
    this.children = children;
    below = summary();
  }

  private static Folder empty() {
    return new Folder(
        new FolderBuilder(0),
        new Facts(DirectoryRules.NONE, IgnoreTexts.NONE, 0, 0, Facts.UNCERTAIN, -1));
  }

  private int summary() {
    int all = facts.texts.isRepository() ? HAS_REPOSITORY : 0;
    for (byte flag : flags) {
      all |= (flag & SHARED) != 0 ? HAS_SHARED : 0;
    }
    for (Folder child : children) {
      all |= child == null ? 0 : child.below;
    }
    return all;
  }

  int size() {
    return ends.length;
  }

  /// Whether this is a listing, and does not stand for one that could not be made.
  boolean isListing() {
    return this != UNREADABLE && this != GONE;
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  String name(int i) {
    int start = start(i);
    return new String(names, start, ends[i] - start, StandardCharsets.UTF_8);
  }

  Entry.Kind kind(int i) {
    return switch (flags[i] & KIND) {
      case 0 -> Entry.Kind.FILE;
      case 1 -> Entry.Kind.DIRECTORY;
      default -> Entry.Kind.UNREADABLE;
    };
  }

  Verdict verdict(int i) {
    return switch (flags[i] & VERDICT) {
      case IGNORED -> Verdict.IGNORE;
      case WHITELISTED -> Verdict.WHITELIST;
      default -> Verdict.NONE;
    };
  }

  /// The bits of a verdict in the flags.
  static int code(Verdict verdict) {
    return switch (verdict) {
      case NONE -> 0;
      case IGNORE -> IGNORED;
      case WHITELIST -> WHITELISTED;
    };
  }

  boolean is(int flag, int i) {
    return (flags[i] & flag) != 0;
  }

  /// A file.
  ///
  /// @param path its path from the root
  TreeFile file(int i, String path) {
    return new TreeFile(path, sizes[i], modified[i], state(inodes[i], changed[i]));
  }

  /// A number for inode and time of change together.
  static long state(long inode, long changed) {
    return inode * 0x9E3779B97F4A7C15L ^ changed;
  }

  /// The listing of a directory, or null if it is not kept.
  @Nullable Folder child(int i) {
    return children[(int) sizes[i]];
  }

  /// The listing of an entry if it is a directory that could be listed, or null.
  @Nullable Folder listing(int i) {
    Folder child = kind(i) == Entry.Kind.DIRECTORY ? child(i) : null;
    return child != null && child.isListing() ? child : null;
  }

  /// The index of a name, or `-(where it would be) - 1`.
  int find(byte[] name) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(names, start(middle), ends[middle], name, 0, name.length);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  int find(String name) {
    return find(name.getBytes(StandardCharsets.UTF_8));
  }

  /// This listing with another one for a directory.
  Folder with(int i, Folder child) {
    @Nullable Folder[] all = children.clone();
    all[(int) sizes[i]] = child;
    return new Folder(facts, names, ends, flags, sizes, modified, changed, inodes, stamps, all);
  }

  /// Whether this was made from another listing of which all entries are the same.
  @SuppressWarnings(
      "ReferenceEquality") // to compare what is in them would take the time to be saved
  boolean hasEntriesOf(Folder other) {
    return names == other.names && flags == other.flags && stamps == other.stamps;
  }

  /// Whether all of this is the same in another listing, the directories below being identical.
  boolean isSame(Folder other) {
    return facts.equals(other.facts)
        && Arrays.equals(names, other.names)
        && Arrays.equals(ends, other.ends)
        && Arrays.equals(flags, other.flags)
        && Arrays.equals(sizes, other.sizes)
        && Arrays.equals(modified, other.modified)
        && Arrays.equals(changed, other.changed)
        && Arrays.equals(inodes, other.inodes)
        && Arrays.equals(stamps, other.stamps)
        && areIdentical(children, other.children);
  }

  private static boolean areIdentical(@Nullable Folder[] some, @Nullable Folder[] others) {
    for (int i = 0; i < some.length; i++) {
      if (some[i] != others[i]) {
        return false;
      }
    }
    return some.length == others.length;
  }
}
