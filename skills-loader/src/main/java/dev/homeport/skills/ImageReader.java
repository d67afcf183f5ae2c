package dev.homeport.skills;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads what [ImageWriter] wrote. Not thread-safe.
///
/// It runs before its code is compiled: reading an array takes the fewest steps.
final class ImageReader {
  private final byte[] in;
  private int at;

  ImageReader(ByteBuffer in) {
    this.in = new byte[in.remaining()];
    in.duplicate().get(this.in);
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = in[at++];
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  int index() {
    return (int) number();
  }

  boolean flag() {
    return in[at++] != 0;
  }

  String text() {
    int length = index();
    var text = new String(in, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  List<String> texts() {
    int size = index();
    if (size == 0) {
      return List.of();
    }
    var texts = new String[size];
    for (int i = 0; i < size; i++) {
      texts[i] = text();
    }
    return List.of(texts);
  }

  Instant time() {
    return Instant.ofEpochSecond(number(), number());
  }
}
