package dev.homeport.skills;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes the values of an image one after the other. Not thread-safe.
final class ImageWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);

  ImageWriter number(long number) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  ImageWriter flag(boolean flag) {
    out.write(flag ? 1 : 0);
    return this;
  }

  ImageWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  ImageWriter text(Optional<String> text) {
    flag(text.isPresent());
    text.ifPresent(this::text);
    return this;
  }

  ImageWriter texts(List<String> texts) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(texts.size()).array());
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
