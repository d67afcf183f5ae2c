package dev.homeport.search.regex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Tells ASCII, UTF-8 and malformed bytes apart.
final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  /// A malformed byte `b` is decoded to the lone surrogate `ESCAPE + b`, which no class holds.
  private static final int ESCAPE = 0xDC00;

  private Utf8() {}

  /// Decoded text whose malformed bytes became lone surrogates.
  static final class Escaped {
    private final String text;

    /// For each character, and for the end, the index of its first byte.
    private final int[] offsets;

    private Escaped(String text, int[] offsets) {
      this.text = text;
      this.offsets = offsets;
    }

    String text() {
      return text;
    }

    int byteAt(int character) {
      return offsets[character];
    }

    int characterAt(int index) {
      return Arrays.binarySearch(offsets, index);
    }
  }

  static boolean isAscii(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      if (((long) LONG.get(bytes, i) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int length = bytes[i] >= 0 ? 1 : sequenceLength(bytes, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  static Escaped escape(byte[] bytes, int from, int to) {
    char[] chars = new char[to - from];
    int[] offsets = new int[to - from + 1];
    int size = 0;
    int i = from;
    while (i < to) {
      int length = sequenceLength(bytes, i, to);
      int codePoint = length == 0 ? ESCAPE + (bytes[i] & 0xFF) : decode(bytes, i, length);
      int charCount = Character.toChars(codePoint, chars, size);
      Arrays.fill(offsets, size, size + charCount, i - from);
      size += charCount;
      i += Math.max(1, length);
    }
    offsets[size] = to - from;
    return new Escaped(new String(chars, 0, size), Arrays.copyOf(offsets, size + 1));
  }

  /// The length of the well-formed sequence at an index, or 0 if there is none.
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int decode(byte[] bytes, int at, int length) {
    int lead = bytes[at] & 0xFF;
    int codePoint =
        switch (length) {
          case 1 -> lead;
          case 2 -> lead & 0x1F;
          case 3 -> lead & 0x0F;
          default -> lead & 0x07;
        };
    for (int i = at + 1; i < at + length; i++) {
      codePoint = (codePoint << 6) | (bytes[i] & 0x3F);
    }
    return codePoint;
  }
}
