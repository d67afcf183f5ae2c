package dev.homeport.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// Strict UTF-8: bytes that are none are never turned into something else unasked.
public final class Utf8 {
  private Utf8() {}

  /// The text, or empty if the bytes are not valid UTF-8. A byte order mark stays part of it.
  public static Optional<String> decode(byte[] bytes) {
    return isValid(bytes)
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// How many lines the text has, counted like [Lines#count]; empty if the bytes are no text.
  public static OptionalLong lines(byte[] bytes) {
    if (!isValid(bytes)) {
      return OptionalLong.empty();
    }
    long lines = bytes.length == 0 || bytes[bytes.length - 1] == '\n' ? 0 : 1;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return OptionalLong.of(lines);
  }

  private static boolean isValid(byte[] bytes) {
    return isAscii(bytes) || isDecodable(bytes);
  }

  /// Most texts are, which is quickly seen.
  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all >= 0;
  }

  /// Decodes in small pieces, because one buffer of characters would take twice the memory.
  private static boolean isDecodable(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(8 * 1024);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    return !result.isError();
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
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw new IllegalArgumentException(
              "The text has half of a surrogate pair (a broken \\ud83d escape); send valid"
                  + " Unicode.");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
