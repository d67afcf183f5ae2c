package dev.homeport.search;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/// Byte order marks, and what they say about a text.
final class Text {
  static final ReadableByteChannel EMPTY = Channels.newChannel(InputStream.nullInputStream());

  /// The byte order marks that are known.
  enum Mark {
    NONE,
    UTF_8,
    UTF_16LE,
    UTF_16BE
  }

  private Text() {}

  static Mark mark(byte[] bytes, int from, int length) {
    int first = length > 0 ? bytes[from] & 0xFF : 0;
    int second = length > 1 ? bytes[from + 1] & 0xFF : 0;
    int third = length > 2 ? bytes[from + 2] & 0xFF : 0;
    if (first == 0xEF && second == 0xBB && third == 0xBF) {
      return Mark.UTF_8;
    }
    if (first == 0xFF && second == 0xFE) {
      return Mark.UTF_16LE;
    }
    return first == 0xFE && second == 0xFF ? Mark.UTF_16BE : Mark.NONE;
  }

  /// The UTF-8 of a whole UTF-16 text; what is malformed becomes U+FFFD.
  ///
  /// @param head the bytes that were read already, mark included
  static ReadableByteChannel transcode(byte[] head, ReadableByteChannel rest, Mark mark)
      throws IOException {
    byte[] tail = Channels.newInputStream(rest).readNBytes(LineBuffer.MAX_BYTES);
    if (tail.length == LineBuffer.MAX_BYTES) {
      throw new LineBuffer.OversizedException();
    }
    int length = head.length - 2 + tail.length;
    var text = new StringBuilder(length / 2 + 1);
    for (int i = 0; i + 1 < length; i += 2) {
      int first = byteAt(head, tail, i);
      int second = byteAt(head, tail, i + 1);
      text.append((char) (mark == Mark.UTF_16LE ? second << 8 | first : first << 8 | second));
    }
    if (length % 2 == 1) {
      text.append('\uFFFD');
    }
    replaceLoneSurrogates(text);
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    return Channels.newChannel(new ByteArrayInputStream(utf8));
  }

  private static int byteAt(byte[] head, byte[] tail, int index) {
    int at = index + 2;
    return (at < head.length ? head[at] : tail[at - head.length]) & 0xFF;
  }

  private static void replaceLoneSurrogates(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (isPair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        text.setCharAt(i, '\uFFFD');
      }
    }
  }
}
