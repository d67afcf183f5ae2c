package dev.homeport.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the bytes of a fuzzer mean.
public final class FuzzInput {
  private FuzzInput() {}

  /// The bytes as text: UTF-16 behind its big-endian mark, which can also say half of a surrogate
  /// pair, else UTF-8 with U+FFFD where it is broken.
  public static String text(byte[] input) {
    boolean isWide = input.length >= 2 && input[0] == (byte) 0xFE && input[1] == (byte) 0xFF;
    return isWide
        ? ByteBuffer.wrap(input, 2, input.length - 2).asCharBuffer().toString()
        : new String(input, UTF_8);
  }

  /// The lines of bytes, without their line feeds.
  public static List<byte[]> lines(byte[] input) {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i < input.length; i++) {
      if (input[i] == '\n') {
        lines.add(Arrays.copyOfRange(input, start, i));
        start = i + 1;
      }
    }
    lines.add(Arrays.copyOfRange(input, start, input.length));
    return lines;
  }
}
