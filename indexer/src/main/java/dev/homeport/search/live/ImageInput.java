package dev.homeport.search.live;

import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreTexts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what [ImageOutput] wrote. For one thread.
final class ImageInput {
  private static final int GENERATION = 1;

  private final ByteBuffer buffer;

  ImageInput(byte[] bytes, int from) {
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
  }

  int number() {
    return buffer.getInt();
  }

  String text() {
    return new String(bytes(number()), StandardCharsets.UTF_8);
  }

  Stat stat() {
    return new Stat(
        buffer.getInt(),
        buffer.getInt(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong(),
        buffer.getLong());
  }

  /// A listing with all below it; its directories have no rules and no watches.
  Folder folder() {
    Folder folder = child();
    if (folder == null) {
      throw new IllegalStateException("an image without a root");
    }
    return folder;
  }

  private @Nullable Folder child() {
    return switch (buffer.get()) {
      case ImageOutput.LISTING -> listing();
      case ImageOutput.UNREADABLE -> Folder.UNREADABLE;
      case ImageOutput.GONE -> Folder.GONE;
      default -> null;
    };
  }

  private Folder listing() {
    long device = buffer.getLong();
    long inode = buffer.getLong();
    long changedSelf = buffer.getLong();
    IgnoreTexts texts = IgnoreTexts.decode(bytes(number()));
    int size = number();
    byte[] names = bytes(number());
    int[] ends = new int[size];
    buffer.asIntBuffer().get(ends);
    buffer.position(buffer.position() + size * Integer.BYTES);
    byte[] flags = bytes(size);
    long[] sizes = longs(size);
    long[] modified = longs(size);
    long[] changed = longs(size);
    long[] inodes = longs(size);
    int[] stamps = new int[size];
    Arrays.fill(stamps, GENERATION);
    @Nullable Folder[] children = new Folder[number()];
    for (int i = 0; i < children.length; i++) {
      children[i] = child();
    }
    var facts = new Folder.Facts(DirectoryRules.NONE, texts, device, inode, changedSelf, -1);
    return new Folder(
        facts, names, ends, flags, sizes, modified, changed, inodes, stamps, children);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private long[] longs(int length) {
    long[] values = new long[length];
    buffer.asLongBuffer().get(values);
    buffer.position(buffer.position() + length * Long.BYTES);
    return values;
  }
}
