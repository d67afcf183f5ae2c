package dev.homeport.index;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/// Turns the bytes of a file into text for ranked search, whatever charset they are in.
///
/// A byte order mark decides; else what is valid UTF-8 is UTF-8, and of the rest a library guesses
/// the charset. `grep` does not guess: like ripgrep, it knows marks only.
final class TextDecoder {
  /// How much is looked at for bytes that no text has, and to guess a charset.
  private static final int PROBE = 64 << 10;

  /// What bytes are taken for that are like no charset in particular.
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private TextDecoder() {}

  /// The text in the first bytes of an array, which may end within a character; empty if they are
  /// binary.
  static String text(byte[] bytes, int length) {
    if (startsWith(bytes, length, 0xEF, 0xBB, 0xBF)) {
      return new String(bytes, 3, length - 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, length, 0xFF, 0xFE)) {
      return new String(bytes, 2, length - 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, length, 0xFE, 0xFF)) {
      return new String(bytes, 2, length - 2, StandardCharsets.UTF_16BE);
    }
    int probe = Math.min(length, PROBE);
    for (int i = 0; i < probe; i++) {
      if (bytes[i] == 0) {
        return "";
      }
    }
    return utf8(bytes, length).orElseGet(() -> new String(bytes, 0, length, guess(bytes, length)));
  }

  private static boolean startsWith(byte[] bytes, int length, int... mark) {
    boolean isMarked = length >= mark.length;
    for (int i = 0; isMarked && i < mark.length; i++) {
      isMarked = (bytes[i] & 0xFF) == mark[i];
    }
    return isMarked;
  }

  private static Optional<String> utf8(byte[] bytes, int length) {
    CharBuffer text = CharBuffer.allocate(length);
    boolean isMalformed =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, 0, length), text, false)
            .isError();
    return isMalformed ? Optional.empty() : Optional.of(text.flip().toString());
  }

  /// The charset of a text that is not all ASCII, by the part from its first other byte on.
  private static Charset guess(byte[] bytes, int length) {
    int from = 0;
    while (from < length && bytes[from] >= 0) {
      from++;
    }
    var detector = new UniversalDetector();
    detector.handleData(bytes, from, Math.min(PROBE, length - from));
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    return name != null && Charset.isSupported(name) ? Charset.forName(name) : WESTERN;
  }
}
