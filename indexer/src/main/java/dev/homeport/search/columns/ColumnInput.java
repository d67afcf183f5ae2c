package dev.homeport.search.columns;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [ColumnOutput] wrote, in the same order. For one thread.
public final class ColumnInput {
  private final ByteBuffer buffer;

  private ColumnInput(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /// Makes something of a file.
  public interface Parser<T> {
    /// Reads it; nothing if it is not what is wanted.
    Optional<T> parse(ColumnInput in);
  }

  /// Reads a file; nothing if there is none, or it is torn or of another format.
  ///
  /// @throws IOException if it cannot be read, or is not what its format says
  public static <T> Optional<T> read(Path file, String format, Parser<T> parser)
      throws IOException {
    ByteBuffer bytes;
    // Mapped, as memory that was never used is slower than all that is done with these bytes.
    try (var channel = FileChannel.open(file)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int length = bytes.capacity() - ColumnOutput.CHECKSUM;
    if (length < 0
        || !ColumnOutput.checksum(bytes.slice(0, length))
            .equals(bytes.slice(length, ColumnOutput.CHECKSUM))) {
      return Optional.empty();
    }
    var in = new ColumnInput(bytes.slice(0, length).order(ByteOrder.LITTLE_ENDIAN));
    try {
      return in.text().equals(format) ? parser.parse(in) : Optional.empty();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new IOException("a file that is not what its format says", e);
    }
  }

  /// Reads a number.
  public long number() {
    return buffer.getLong();
  }

  /// Reads a number that is no more than there can be of anything.
  public int length() {
    return Math.toIntExact(number());
  }

  /// Reads a text.
  public String text() {
    return new String(bytes(length()), StandardCharsets.UTF_8);
  }

  /// Reads texts.
  public List<String> texts() {
    var texts = new ArrayList<String>();
    for (int left = length(); left > 0; left--) {
      texts.add(text());
    }
    return texts;
  }

  /// Reads so many values.
  public byte[] bytes(int count) {
    byte[] values = new byte[count];
    buffer.get(values);
    return values;
  }

  /// Reads so many values.
  public int[] ints(int count) {
    int[] values = new int[count];
    buffer.asIntBuffer().get(values);
    buffer.position(buffer.position() + count * Integer.BYTES);
    return values;
  }

  /// Passes over so many values, and gives them to be read from the first on.
  public LongBuffer column(int count) {
    LongBuffer values = buffer.asLongBuffer().limit(count);
    buffer.position(buffer.position() + count * Long.BYTES);
    return values;
  }

  /// Reads so many values.
  public long[] longs(int count) {
    long[] values = new long[count];
    buffer.asLongBuffer().get(values);
    buffer.position(buffer.position() + count * Long.BYTES);
    return values;
  }
}
