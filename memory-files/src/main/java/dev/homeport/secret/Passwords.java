package dev.homeport.secret;

import dev.homeport.secret.SecretScanner.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passwords and tokens that have no form of their own, but stand where only such things stand.
final class Passwords {
  private static final int LONGEST_URL_USER = 512;
  private static final int SHORTEST_URL_PASSWORD = 4;
  private static final int SHORTEST_CREDENTIALS = 12;
  private static final int LONGEST_CREDENTIALS = 4_096;
  private static final int SHORTEST_ENTRA = 37;
  private static final int LONGEST_ENTRA = 40;
  private static final String HEADER = "authorization";
  private static final List<String> SCHEMES = List.of("Bearer ", "Basic ", "token ");

  private Passwords() {}

  /// The password in a URL whose `://` stands at a position.
  static @Nullable Found inUrl(String text, int i) {
    if (!text.startsWith("://", i) || i == 0 || !TokenRule.isAlphanumeric(text.charAt(i - 1))) {
      return null;
    }
    int user = i + "://".length();
    int colon = -1;
    for (int j = user; j < Math.min(text.length(), user + LONGEST_URL_USER); j++) {
      char c = text.charAt(j);
      if (c == ':' && colon < 0) {
        colon = j;
      } else if (c == '@') {
        return colon < 0 || isForShow(text, user, colon, j)
            ? null
            : new Found(SecretKind.URL_PASSWORD, i, colon + 1, j);
      } else if (c <= ' ' || "/?#\"'`<>\\".indexOf(c) >= 0) {
        return null;
      }
    }
    return null;
  }

  private static boolean isForShow(String text, int user, int colon, int end) {
    int length = end - colon - 1;
    return length < SHORTEST_URL_PASSWORD
        || Placeholder.isOne(text, colon + 1, end)
        || (length == colon - user && text.regionMatches(user, text, colon + 1, length));
  }

  /// The credentials of an `Authorization` header whose name stands at a position.
  static @Nullable Found inHeader(String text, int i) {
    if (!text.regionMatches(true, i, HEADER, 0, HEADER.length())) {
      return null;
    }
    int scheme = i + HEADER.length();
    int gap = scheme;
    while (gap < text.length() && gap - scheme < 6 && "\"': =".indexOf(text.charAt(gap)) >= 0) {
      gap++;
    }
    for (String name : SCHEMES) {
      if (gap > scheme && text.regionMatches(true, gap, name, 0, name.length())) {
        return credentials(text, i, gap + name.length());
      }
    }
    return null;
  }

  private static @Nullable Found credentials(String text, int i, int start) {
    int end = start;
    boolean hasMark = false;
    while (end < text.length() && end - start <= LONGEST_CREDENTIALS && isToken(text.charAt(end))) {
      hasMark |= TokenRule.isDigit(text.charAt(end)) || text.charAt(end) == '=';
      end++;
    }
    int length = end - start;
    return !hasMark
            || length < SHORTEST_CREDENTIALS
            || length > LONGEST_CREDENTIALS
            || Placeholder.isOne(text, start, end)
        ? null
        : new Found(SecretKind.AUTHORIZATION, i, start, end);
  }

  private static boolean isToken(char c) {
    return TokenRule.isAlphanumeric(c) || "-._~+/=".indexOf(c) >= 0;
  }

  /// The client secret of Entra ID that stands at a position: three characters, a digit, `Q~`.
  static @Nullable Found ofEntra(String text, int i) {
    if (i + SHORTEST_ENTRA > text.length()
        || text.charAt(i + 4) != 'Q'
        || text.charAt(i + 5) != '~'
        || !TokenRule.isDigit(text.charAt(i + 3))) {
      return null;
    }
    int end = i;
    while (end < text.length() && end - i <= LONGEST_ENTRA && isEntra(text.charAt(end))) {
      end++;
    }
    return end - i < SHORTEST_ENTRA || end - i > LONGEST_ENTRA
        ? null
        : new Found(SecretKind.AZURE_KEY, i, i, end);
  }

  private static boolean isEntra(char c) {
    return TokenRule.isAlphanumeric(c) || "_~.-".indexOf(c) >= 0;
  }
}
