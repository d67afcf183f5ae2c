package dev.homeport.sandbox.session;

import java.nio.charset.StandardCharsets;

/// Cuts bytes so that no character of UTF-8 is torn.
final class Utf8 {
  private Utf8() {}

  /// How many bytes at the end begin a character that the end tears.
  static int tornAtEnd(byte[] bytes, int length) {
    for (int back = 1; back <= Math.min(3, length); back++) {
      int value = bytes[length - back] & 0xFF;
      if (value >= 0xC0) {
        return sequenceLength(value) > back ? back : 0;
      }
      if (value < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  /// How many bytes at the beginning continue a character that began before.
  static int tornAtStart(byte[] bytes) {
    int torn = 0;
    while (torn < Math.min(3, bytes.length) && (bytes[torn] & 0xC0) == 0x80) {
      torn++;
    }
    return torn;
  }

  static String decode(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static int sequenceLength(int first) {
    if (first >= 0xF0) {
      return 4;
    }
    return first >= 0xE0 ? 3 : 2;
  }
}
