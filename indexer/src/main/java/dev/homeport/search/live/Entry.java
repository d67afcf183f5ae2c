package dev.homeport.search.live;

import java.util.Arrays;

/// An entry of a directory as the disk tells of it: a regular file, a directory, or one of which
/// this user may not even know that.
///
/// Times are in nanoseconds since 1970. `changed` is the time that the file system sets by itself
/// at each change, so no program can make it up.
final class Entry implements Comparable<Entry> {
  /// What kind of entry it is.
  enum Kind {
    FILE(0),
    DIRECTORY(1),
    UNREADABLE(2);

    /// Stands for it in the flags of a [Folder].
    final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  final byte[] name;
  final Kind kind;
  final long size;
  final long modified;
  final long changed;
  final long inode;
  final boolean isShared;

  Entry(byte[] name, Kind kind, Stat stat) {
    this.name = name;
    this.kind = kind;
    boolean isFile = kind == Kind.FILE;
    this.size = isFile ? stat.size() : 0;
    this.modified = isFile ? stat.modified() : 0;
    this.changed = isFile ? stat.changed() : 0;
    this.inode = isFile ? stat.inode() : 0;
    this.isShared = isFile && stat.links() > 1;
  }

  /// An entry that has no other facts.
  static Entry bare(byte[] name, Kind kind) {
    return new Entry(name, kind, Stat.NOTHING);
  }

  @Override
  public int compareTo(Entry other) {
    return Arrays.compareUnsigned(name, other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry that && Arrays.equals(name, that.name);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(name);
  }
}
