package dev.homeport.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Strict UTF-8: bytes that are none are never turned into something else unasked.
public final class Utf8 {
  private Utf8() {}

  /// The text, or empty if the bytes are not valid UTF-8. A byte order mark stays part of it.
  public static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// The index of the first byte that can begin a character, of the first few.
  public static int firstBoundary(byte[] bytes) {
    int begin = 0;
    while (begin < Math.min(3, bytes.length) && isContinuation(bytes[begin])) {
      begin++;
    }
    return begin;
  }

  /// The index at or a few bytes before `end` at which no character is cut.
  public static int lastBoundary(byte[] bytes, int end) {
    int begin = end;
    while (begin > Math.max(0, end - 3) && isContinuation(bytes[begin - 1])) {
      begin--;
    }
    if (begin == 0 || (bytes[begin - 1] & 0xC0) != 0xC0) {
      return end;
    }
    int length = Integer.numberOfLeadingZeros(~bytes[begin - 1] << 24);
    return begin - 1 + length > end ? begin - 1 : end;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /// The bytes of a text that JSON or a file gave.
  ///
  /// @throws IllegalArgumentException if it has half of a surrogate pair, which no bytes express
  public static byte[] encode(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "The text has half of a surrogate pair (a broken \\ud83d escape); send valid Unicode.",
          e);
    }
  }
}
