package dev.homeport.secret;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds secrets in one text, from left to right, in time linear in its length.
///
/// Each rule is set off by one character and looks at a bounded stretch on both sides of it, so
/// that no text can make it slow and a stream can be cut. Not thread-safe.
final class SecretScanner {
  /// How far behind the character that sets it off a rule looks.
  static final int LOOKS_AHEAD = 20 * 1_024;

  /// How far before that character a rule looks.
  static final int LOOKS_BACK = 128;

  /// A secret in the text, from `start` up to but without `end`.
  ///
  /// @param from the character that set off the rule, not behind `start`
  record Found(SecretKind kind, int from, int start, int end) {}

  private static final int LONGEST_WEB_TOKEN = 8_192;
  private static final boolean[] WORD_PART = new boolean[128];

  static {
    for (char c = 0; c < WORD_PART.length; c++) {
      WORD_PART[c] = isBase64Url(c);
    }
  }

  private final String text;
  private final SecretAllowList allowed;
  private final PrivateKeys keys;

  SecretScanner(String text, SecretAllowList allowed) {
    this.text = text;
    this.allowed = allowed;
    this.keys = new PrivateKeys(text);
  }

  /// All secrets that begin at a position or behind it, in order, none overlapping another.
  List<Found> scan(int from) {
    var all = new ArrayList<Found>();
    boolean inWord = from > 0 && isWordPart(text.charAt(from - 1));
    int i = from;
    while (i < text.length()) {
      Found found = at(i, inWord);
      if (found != null && !allowed.allows(text.substring(found.start, found.end))) {
        all.add(found);
      }
      i = found == null ? i + 1 : found.end;
      inWord = isWordPart(text.charAt(i - 1));
    }
    return all;
  }

  private @Nullable Found at(int i, boolean inWord) {
    char c = text.charAt(i);
    return switch (c) {
      case '-' -> keys.at(i);
      case ':' -> Passwords.inUrl(text, i);
      case '=' -> Assignments.at(text, i);
      default -> (!inWord && TokenRule.isAlphanumeric(c)) ? word(i, c) : null;
    };
  }

  private static boolean isWordPart(char c) {
    return c < WORD_PART.length && WORD_PART[c];
  }

  private @Nullable Found word(int i, char first) {
    Found found = token(text, i);
    if (found == null) {
      found = Passwords.ofEntra(text, i);
    }
    if (found != null) {
      return found;
    }
    return switch (first) {
      case 'e' -> jsonWebToken(i);
      case 'A', 'a' -> Passwords.inHeader(text, i);
      default -> null;
    };
  }

  /// The token of a known form that stands at a position.
  static @Nullable Found token(String text, int i) {
    for (TokenRule rule : TokenRule.startingWith(text.charAt(i))) {
      int end = rule.end(text, i);
      if (end > 0) {
        return new Found(rule.kind(), i, rule.valueStart(i), end);
      }
    }
    return null;
  }

  private @Nullable Found jsonWebToken(int i) {
    int limit = Math.min(text.length(), i + LONGEST_WEB_TOKEN);
    int end = i;
    for (int part = 0; part < 3; part++) {
      int start = end;
      if (part < 2 && !text.startsWith("ey", start)) {
        return null;
      }
      while (end < limit && isBase64Url(text.charAt(end))) {
        end++;
      }
      boolean last = part == 2;
      if (end - start < 10 || (!last && (end == limit || text.charAt(end) != '.'))) {
        return null;
      }
      end += last ? 0 : 1;
    }
    return Placeholder.isOne(text, i, end) ? null : new Found(SecretKind.JSON_WEB_TOKEN, i, i, end);
  }

  private static boolean isBase64Url(char c) {
    return TokenRule.isAlphanumeric(c) || c == '_' || c == '-';
  }
}
