package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Decoding of stretches that may begin or end inside a character.
final class Utf8 {
  private Utf8() {}

  /// The text of bytes whose last character may be incomplete, without that one.
  static String decodeHead(byte[] bytes) {
    return new String(bytes, 0, completeLength(bytes, bytes.length), UTF_8);
  }

  /// The text of bytes whose first character may be incomplete, without that one.
  static String decodeTail(byte[] bytes) {
    int start = 0;
    while (start < Math.min(3, bytes.length) && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return new String(bytes, start, bytes.length - start, UTF_8);
  }

  /// The length without a character that is cut off at the end.
  static int completeLength(byte[] bytes, int length) {
    for (int back = 1; back <= Math.min(4, length); back++) {
      int lead = bytes[length - back] & 0xFF;
      if ((lead & 0xC0) != 0x80) {
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return needed > back ? length - back : length;
      }
    }
    return length;
  }
}
