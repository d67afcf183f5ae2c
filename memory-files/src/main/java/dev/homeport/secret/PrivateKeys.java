package dev.homeport.secret;

import dev.homeport.secret.SecretScanner.Found;
import org.jspecify.annotations.Nullable;

/// Private keys in PEM form in one text, also such whose end is cut off. Not thread-safe.
final class PrivateKeys {
  private static final String BEGIN = "-----BEGIN ";
  private static final String LABEL = "PRIVATE KEY";
  private static final String BLOCK = " BLOCK";
  private static final String DASHES = "-----";
  private static final String END = "-----END ";
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_KEY = 16_384;
  private static final int SHORTEST_KEY = 40;

  private final String text;
  private int nextDashes = -1;

  PrivateKeys(String text) {
    this.text = text;
  }

  /// The key whose begin line stands at a position.
  @Nullable Found at(int i) {
    int body = text.startsWith(BEGIN, i) ? body(i + BEGIN.length()) : -1;
    if (body < 0) {
      return null;
    }
    int run = body;
    int letters = 0;
    while (run < Math.min(text.length(), body + LONGEST_KEY) && isWrapping(text.charAt(run))) {
      letters += isBase64(text.charAt(run)) ? 1 : 0;
      run++;
    }
    int end = dashes(body);
    boolean isClosed = end >= 0 && end - body <= LONGEST_KEY && text.startsWith(END, end);
    if (isClosed && holdsKey(body, end, run, letters)) {
      int close = find(DASHES, end + END.length(), LONGEST_LABEL);
      return new Found(
          SecretKind.PRIVATE_KEY, i, i, close < 0 ? end + END.length() : close + DASHES.length());
    }
    return letters >= SHORTEST_KEY ? new Found(SecretKind.PRIVATE_KEY, i, i, run) : null;
  }

  /// Where the body begins, if the label of the begin line, which starts here, is one of a key.
  private int body(int label) {
    int at = find(LABEL, label, LONGEST_LABEL);
    if (at < 0) {
      return -1;
    }
    at += LABEL.length();
    at += text.startsWith(BLOCK, at) ? BLOCK.length() : 0;
    return text.startsWith(DASHES, at) ? at + DASHES.length() : -1;
  }

  /// Program text stands between the two lines as well, where they are constants.
  private boolean holdsKey(int body, int end, int run, int letters) {
    if (run >= end) {
      return letters >= SHORTEST_KEY;
    }
    int length = 0;
    for (int i = body; i < end && length < SHORTEST_KEY; i++) {
      length = isBase64(text.charAt(i)) ? length + 1 : 0;
    }
    return length >= SHORTEST_KEY;
  }

  /// The next dashes from a position on, which are looked for once, not once for each begin line.
  private int dashes(int from) {
    if (nextDashes != Integer.MAX_VALUE && nextDashes < from) {
      int at = text.indexOf(DASHES, from);
      nextDashes = at < 0 ? Integer.MAX_VALUE : at;
    }
    return nextDashes == Integer.MAX_VALUE ? -1 : nextDashes;
  }

  private static boolean isBase64(char c) {
    return TokenRule.isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
  }

  private static boolean isWrapping(char c) {
    return isBase64(c) || "\r\n \t\\".indexOf(c) >= 0;
  }

  private int find(String word, int from, int within) {
    int limit = Math.min(from + within + word.length(), text.length());
    int at = from >= limit ? -1 : text.substring(from, limit).indexOf(word);
    return at < 0 ? -1 : from + at;
  }
}
