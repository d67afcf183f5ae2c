package dev.homeport.skills;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes the values of an image one after the other. Not thread-safe.
final class ImageWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);

  /// Seven bits a byte, the lowest first.
  ImageWriter number(long number) {
    long left = number;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
    return this;
  }

  ImageWriter flag(boolean flag) {
    out.write(flag ? 1 : 0);
    return this;
  }

  ImageWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  ImageWriter text(Optional<String> text) {
    flag(text.isPresent());
    text.ifPresent(this::text);
    return this;
  }

  ImageWriter texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
    return this;
  }

  ImageWriter time(Instant time) {
    return number(time.getEpochSecond()).number(time.getNano());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
