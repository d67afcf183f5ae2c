package dev.homeport.search.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Writes a table as bytes, which [ImageInput] reads. For one thread.
///
/// One column after the other, each for all listings, as those are read at memory speed even by
/// code that runs for the first time.
final class ImageOutput {
  static final byte NONE = 0;
  static final byte UNREADABLE = 1;
  static final byte GONE = 2;
  static final byte LISTING = 3;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  /// What was written, from its begin to its end.
  ByteBuffer written() {
    return buffer.duplicate().flip();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.addExact(buffer.capacity(), Math.max(buffer.capacity(), bytes));
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
    return buffer;
  }

  void bytes(byte[] bytes) {
    room(bytes.length).put(bytes);
  }

  void number(long number) {
    room(Long.BYTES).putLong(number);
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    bytes(bytes);
  }

  void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  void states(Map<String, Stat> states) {
    number(states.size());
    states.forEach((path, stat) -> {
      text(path);
      number(stat.mode());
      number(stat.links());
      number(stat.device());
      number(stat.inode());
      number(stat.size());
      number(stat.modified());
      number(stat.changed());
    });
  }

  /// Writes a listing with all below it.
  void folder(Folder root) {
    var folders = new ArrayList<Folder>();
    collect(root, folders);
    number(folders.size());
    lengths(folders, Folder::size);
    lengths(folders, folder -> folder.names.length);
    lengths(folders, folder -> folder.children.length);
    folders.forEach(folder -> children(folder.children));
    for (Folder folder : folders) {
      number(folder.facts.device());
      number(folder.facts.inode());
      number(folder.facts.changed());
    }
    for (Folder folder : folders) {
      byte[] texts = folder.facts.texts().encoded();
      number(texts.length);
      bytes(texts);
    }
    folders.forEach(folder -> bytes(folder.names));
    folders.forEach(folder -> bytes(folder.flags));
    folders.forEach(folder -> ints(folder.ends));
    folders.forEach(folder -> longs(folder.sizes));
    folders.forEach(folder -> longs(folder.modified));
    folders.forEach(folder -> longs(folder.changed));
    folders.forEach(folder -> longs(folder.inodes));
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
    ints(folders.stream().mapToInt(length).toArray());
  }

  private void children(@Nullable Folder[] children) {
    byte[] signs = new byte[children.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = sign(children[i]);
    }
    bytes(signs);
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

  private void ints(int[] values) {
    ByteBuffer room = room(values.length * Integer.BYTES);
    room.asIntBuffer().put(values);
    room.position(room.position() + values.length * Integer.BYTES);
  }

  private void longs(long[] values) {
    ByteBuffer room = room(values.length * Long.BYTES);
    room.asLongBuffer().put(values);
    room.position(room.position() + values.length * Long.BYTES);
  }
}
