package dev.homeport.search.live;

import dev.homeport.search.tree.IgnoreTexts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes listings as bytes, which [ImageInput] reads. For one thread.
///
/// Whole arrays one after the other, as those are read at memory speed by code that runs for the
/// first time.
final class ImageOutput {
  static final byte NONE = 0;
  static final byte UNREADABLE = 1;
  static final byte GONE = 2;
  static final byte LISTING = 3;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
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

  void number(int number) {
    room(Integer.BYTES).putInt(number);
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    bytes(bytes);
  }

  void stat(Stat stat) {
    room(2 * Integer.BYTES + 5 * Long.BYTES)
        .putInt(stat.mode())
        .putInt(stat.links())
        .putLong(stat.device())
        .putLong(stat.inode())
        .putLong(stat.size())
        .putLong(stat.modified())
        .putLong(stat.changed());
  }

  /// Writes a listing with all below it, or what stands for one.
  void folder(@Nullable Folder folder) {
    if (folder == null || !folder.isListing()) {
      byte sign = folder == null ? NONE : folder == Folder.GONE ? GONE : UNREADABLE;
      room(1).put(sign);
      return;
    }
    room(1 + 3 * Long.BYTES)
        .put(LISTING)
        .putLong(folder.facts.device())
        .putLong(folder.facts.inode())
        .putLong(folder.facts.changed());
    texts(folder.facts.texts());
    number(folder.size());
    number(folder.names.length);
    bytes(folder.names);
    ints(folder.ends);
    bytes(folder.flags);
    longs(folder.sizes);
    longs(folder.modified);
    longs(folder.changed);
    longs(folder.inodes);
    number(folder.children.length);
    for (Folder child : folder.children) {
      folder(child);
    }
  }

  private void texts(IgnoreTexts texts) {
    byte[] bytes = texts.encoded();
    number(bytes.length);
    bytes(bytes);
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
