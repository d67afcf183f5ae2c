package dev.homeport.skills;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [ImageWriter] wrote. Not thread-safe.
final class ImageReader {
  private final ByteBuffer in;

  ImageReader(ByteBuffer in) {
    this.in = in;
  }

  long number() {
    return in.getLong();
  }

  boolean flag() {
    return in.get() != 0;
  }

  String text() {
    var bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  List<String> texts() {
    int size = in.getInt();
    if (size == 0) {
      return List.of();
    }
    var texts = new ArrayList<String>(size);
    for (int i = 0; i < size; i++) {
      texts.add(text());
    }
    return texts;
  }

  Instant time() {
    return Instant.ofEpochSecond(number(), number());
  }
}
