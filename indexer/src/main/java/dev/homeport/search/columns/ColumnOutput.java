package dev.homeport.search.columns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;

/// Writes numbers, texts and whole arrays to a file, which [ColumnInput] reads.
///
/// Arrays are written as they are in memory: they are read again at memory speed, even by code that
/// runs for the first time. For one thread.
public final class ColumnOutput {
  static final int CHECKSUM = Long.BYTES;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  /// Begins a file.
  ///
  /// @param format names what is in it, and changes with how that is written
  public ColumnOutput(String format) {
    text(format);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.addExact(buffer.capacity(), Math.max(buffer.capacity(), bytes));
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
    return buffer;
  }

  /// Writes a number.
  public void number(long number) {
    room(Long.BYTES).putLong(number);
  }

  /// Writes a text.
  public void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    bytes(bytes);
  }

  /// Writes texts.
  public void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  /// Writes values, but not how many they are.
  public void bytes(byte[] values) {
    room(values.length).put(values);
  }

  /// Writes values, but not how many they are.
  public void ints(int[] values) {
    int bytes = values.length * Integer.BYTES;
    room(bytes).asIntBuffer().put(values);
    buffer.position(buffer.position() + bytes);
  }

  /// Writes values, but not how many they are.
  public void longs(long[] values) {
    int bytes = values.length * Long.BYTES;
    room(bytes).asLongBuffer().put(values);
    buffer.position(buffer.position() + bytes);
  }

  /// Puts what was written in the place of an older file.
  ///
  /// It is not forced to the disk: [ColumnInput] takes a file that a power loss leaves torn for
  /// none. Only one process may do this at a time.
  public void save(Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        Files.newByteChannel(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, buffer.duplicate().flip());
      write(channel, checksum(buffer.duplicate().flip()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static ByteBuffer checksum(ByteBuffer bytes) {
    var checksum = new CRC32();
    checksum.update(bytes);
    return ByteBuffer.allocate(CHECKSUM)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, checksum.getValue());
  }
}
