package dev.homeport.skills;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The bytes of a `SKILL.md`, kept compressed: on the heap at first, in a mapped file once they are
/// saved there. Thread-safe.
///
/// They are kept so that a broken edit cannot take away the last good version, and they are kept
/// small because there may be tens of thousands.
public final class SkillSource {
  private final int length;
  private volatile Stored stored;

  private SkillSource(Stored stored, int length) {
    this.stored = stored;
    this.length = length;
  }

  /// A part of a buffer that many sources share.
  private record Stored(ByteBuffer all, int from, int size) {}

  /// Compresses bytes.
  static SkillSource of(byte[] bytes) {
    try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      var out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      var buffer = new byte[8_192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      var all = ByteBuffer.wrap(out.toByteArray());
      return new SkillSource(new Stored(all, 0, all.limit()), bytes.length);
    }
  }

  /// Takes bytes that were compressed before.
  ///
  /// @param all a buffer in which they lie
  /// @param length how many they are when they are not compressed
  static SkillSource compressed(ByteBuffer all, int from, int size, int length) {
    return new SkillSource(new Stored(all, from, size), length);
  }

  /// The compressed bytes, from position to limit; the buffer is the caller's own.
  ByteBuffer compressed() {
    Stored now = stored;
    return now.all().slice(now.from(), now.size());
  }

  /// How many bytes there are when they are not compressed.
  int length() {
    return length;
  }

  /// Gives up the place in memory for another one with the same bytes.
  void moveTo(ByteBuffer all, int from) {
    stored = new Stored(all, from, stored.size());
  }

  /// The bytes of the file.
  public byte[] bytes() {
    var bytes = new byte[length];
    try (var inflater = new Inflater(true)) {
      inflater.setInput(compressed());
      int read = 0;
      while (read < length) {
        int more = inflater.inflate(bytes, read, length - read);
        if (more == 0) {
          throw new IllegalStateException("a kept skill is shorter than it was");
        }
        read += more;
      }
      return bytes;
    } catch (DataFormatException damaged) {
      throw new IllegalStateException("a kept skill was damaged", damaged);
    }
  }
}
