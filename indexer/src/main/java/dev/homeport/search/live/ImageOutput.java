package dev.homeport.search.live;

import dev.homeport.search.columns.ColumnOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Writes a table, which [ImageInput] reads: one column after the other, each for all listings. For
/// one thread.
final class ImageOutput {
  static final byte NONE = 0;
  static final byte UNREADABLE = 1;
  static final byte GONE = 2;
  static final byte LISTING = 3;

  private final ColumnOutput out;

  ImageOutput(ColumnOutput out) {
    this.out = out;
  }

  void states(Map<String, Stat> states) {
    out.number(states.size());
    states.forEach((path, stat) -> {
      out.text(path);
      out.number(stat.mode());
      out.number(stat.links());
      out.number(stat.device());
      out.number(stat.inode());
      out.number(stat.size());
      out.number(stat.modified());
      out.number(stat.changed());
    });
  }

  /// Writes a listing with all below it.
  void folder(Folder root) {
    var folders = new ArrayList<Folder>();
    collect(root, folders);
    out.number(folders.size());
    lengths(folders, Folder::size);
    lengths(folders, folder -> folder.names.length);
    lengths(folders, folder -> folder.children.length);
    folders.forEach(folder -> children(folder.children));
    for (Folder folder : folders) {
      out.number(folder.facts.device());
      out.number(folder.facts.inode());
      out.number(folder.facts.changed());
    }
    for (Folder folder : folders) {
      byte[] texts = folder.facts.texts().encoded();
      out.number(texts.length);
      out.bytes(texts);
    }
    folders.forEach(folder -> out.bytes(folder.names));
    folders.forEach(folder -> out.bytes(folder.flags));
    folders.forEach(folder -> out.ints(folder.ends));
    folders.forEach(folder -> out.longs(folder.sizes));
    folders.forEach(folder -> out.longs(folder.modified));
    folders.forEach(folder -> out.longs(folder.changed));
    folders.forEach(folder -> out.longs(folder.inodes));
  }

  private static void collect(Folder folder, List<Folder> folders) {
    folders.add(folder);
    for (Folder child : folder.children) {
      if (child != null && child.isListing()) {
        collect(child, folders);
      }
    }
  }

  private void lengths(List<Folder> folders, ToIntFunction<Folder> length) {
    out.ints(folders.stream().mapToInt(length).toArray());
  }

  private void children(@Nullable Folder[] children) {
    byte[] signs = new byte[children.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = sign(children[i]);
    }
    out.bytes(signs);
  }

  private static byte sign(@Nullable Folder folder) {
    if (folder == null) {
      return NONE;
    }
    if (folder.isListing()) {
      return LISTING;
    }
    return folder == Folder.GONE ? GONE : UNREADABLE;
  }
}
