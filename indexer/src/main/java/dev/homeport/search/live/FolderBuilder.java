package dev.homeport.search.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the entries of a directory in the order of their names.
final class FolderBuilder implements FolderDraft {
  private byte[] names;
  private int length;
  private int size;
  private final List<@Nullable Folder> children = new ArrayList<>();

  int[] ends;
  byte[] flags;
  long[] sizes;
  long[] modified;
  long[] changed;
  long[] inodes;
  int[] stamps;

  FolderBuilder(int capacity) {
    names = new byte[capacity * 16];
    ends = new int[capacity];
    flags = new byte[capacity];
    sizes = new long[capacity];
    modified = new long[capacity];
    changed = new long[capacity];
    inodes = new long[capacity];
    stamps = new int[capacity];
  }

  int size() {
    return size;
  }

  byte[] names() {
    return Arrays.copyOf(names, length);
  }

  @Nullable Folder[] children() {
    return children.toArray(Folder[]::new);
  }

  /// Adds an entry.
  void add(Entry entry, int flag, int stamp) {
    name(entry.name, 0, entry.name.length);
    flags[size] = (byte) flag;
    sizes[size] = entry.size;
    modified[size] = entry.modified;
    changed[size] = entry.changed;
    inodes[size] = entry.inode;
    stamps[size] = stamp;
    size++;
  }

  /// Says what the listing of the entry added last is, which is a directory.
  void child(@Nullable Folder child) {
    sizes[size - 1] = children.size();
    children.add(child);
  }

  @Override
  public void child(int index, Folder child) {
    children.set(index, child);
  }

  @Override
  public Folder folder(Folder.Facts facts) {
    return new Folder(this, facts);
  }

  int childCount() {
    return children.size();
  }

  /// Adds an entry as it is in another listing.
  void copy(Folder from, int i) {
    name(from.names, from.start(i), from.ends[i]);
    flags[size] = from.flags[i];
    sizes[size] = from.sizes[i];
    modified[size] = from.modified[i];
    changed[size] = from.changed[i];
    inodes[size] = from.inodes[i];
    stamps[size] = from.stamps[i];
    size++;
    if (from.kind(i) == Entry.Kind.DIRECTORY) {
      child(from.child(i));
    }
  }

  private void name(byte[] source, int from, int to) {
    if (size == ends.length) {
      grow();
    }
    if (length + to - from > names.length) {
      names = Arrays.copyOf(names, Math.max(2 * names.length, length + to - from));
    }
    System.arraycopy(source, from, names, length, to - from);
    length += to - from;
    ends[size] = length;
  }

  private void grow() {
    int capacity = Math.max(8, size + size / 2);
    ends = Arrays.copyOf(ends, capacity);
    flags = Arrays.copyOf(flags, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    modified = Arrays.copyOf(modified, capacity);
    changed = Arrays.copyOf(changed, capacity);
    inodes = Arrays.copyOf(inodes, capacity);
    stamps = Arrays.copyOf(stamps, capacity);
  }
}
