package dev.homeport.secret;

import dev.homeport.secret.SecretScanner.Found;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values that are given to a name which says that they are secret: `export DB_PASSWORD=…`, the
/// same in an environment file, `;Password=…` in a connection string.
final class Assignments {
  private static final String EXPORT = "export ";
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 4_096;
  private static final int SHORTEST_EXPORTED = 8;
  private static final int SHORTEST_PLAIN = 12;
  private static final String NPM = "_authToken";
  private static final String QUOTES = "\"'`";
  private static final List<String> NAMES =
      List.of(
          "TOKEN",
          "SECRET",
          "PASSWORD",
          "PASSWD",
          "PASSPHRASE",
          "API_KEY",
          "APIKEY",
          "ACCESS_KEY",
          "SECRET_KEY",
          "PRIVATE_KEY",
          "AUTH_KEY",
          "CREDENTIALS");

  private Assignments() {}

  /// The secret that is assigned by the equals sign at a position.
  static @Nullable Found at(String text, int equals) {
    int name = equals;
    while (name > 0 && equals - name <= LONGEST_NAME && isNamePart(text.charAt(name - 1))) {
      name--;
    }
    int length = equals - name;
    if (length < 3 || length > LONGEST_NAME) {
      return null;
    }
    if (isConnectionPassword(text, name, equals)) {
      return connectionPassword(text, name, equals);
    }
    boolean isExported = name >= EXPORT.length() && text.startsWith(EXPORT, name - EXPORT.length());
    return isSecretName(text, name, equals) && (isExported || startsAssignment(text, name))
        ? assigned(text, equals, isExported)
        : null;
  }

  private static boolean isNamePart(char c) {
    return TokenRule.isAlphanumeric(c) || c == '_';
  }

  private static boolean startsAssignment(String text, int name) {
    return name == 0
        || text.charAt(name - 1) <= ' '
        || "\"'`;:".indexOf(text.charAt(name - 1)) >= 0;
  }

  private static boolean isSecretName(String text, int start, int end) {
    String name = text.substring(start, end);
    return name.equals(NPM)
        || (name.equals(name.toUpperCase(Locale.ROOT)) && NAMES.stream().anyMatch(name::endsWith));
  }

  private static @Nullable Found assigned(String text, int equals, boolean isExported) {
    int start = equals + 1;
    boolean isQuoted = start < text.length() && QUOTES.indexOf(text.charAt(start)) >= 0;
    start += isQuoted ? 1 : 0;
    int end = start;
    while (end < text.length() && end - start <= LONGEST_VALUE && !ends(text, end, isQuoted)) {
      end++;
    }
    int length = end - start;
    if (length > LONGEST_VALUE
        || length < (isExported ? SHORTEST_EXPORTED : SHORTEST_PLAIN)
        || Placeholder.isOne(text, start, end)
        || !(isExported || hasSecretShape(text, start, end))) {
      return null;
    }
    // A value that is itself a known token is named by its own kind.
    Found known = SecretScanner.token(text, start);
    SecretKind kind =
        known != null && known.end() == end ? known.kind() : SecretKind.ASSIGNED_SECRET;
    return new Found(kind, equals, start, end);
  }

  private static boolean ends(String text, int i, boolean isQuoted) {
    char c = text.charAt(i);
    return c == '\n'
        || c == '\r'
        || QUOTES.indexOf(c) >= 0
        || (!isQuoted && (c <= ' ' || c == ';'));
  }

  /// Whether a value looks made up by a machine or a careful person, not like a word, a path, a
  /// number or a piece of program.
  private static boolean hasSecretShape(String text, int start, int end) {
    if (text.startsWith("0x", start) || "/~".indexOf(text.charAt(start)) >= 0) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (TokenRule.isDigit(c)) {
        digits++;
      } else if (TokenRule.isAlphanumeric(c)) {
        letters++;
      } else if ("_-+/=~!@#%^&*".indexOf(c) < 0) {
        return false;
      }
    }
    return digits >= 2
        && letters >= 2
        && text.substring(start, end).chars().distinct().count() >= 6;
  }

  private static boolean isConnectionPassword(String text, int name, int equals) {
    String lower = text.substring(name, equals).toLowerCase(Locale.ROOT);
    if (!lower.equals("password") && !lower.equals("pwd")) {
      return false;
    }
    int before = name - 1;
    before -= before >= 0 && text.charAt(before) == ' ' ? 1 : 0;
    return before >= 0 && ";&?".indexOf(text.charAt(before)) >= 0;
  }

  private static @Nullable Found connectionPassword(String text, int name, int equals) {
    char separator = text.charAt(name - 1) == ' ' ? text.charAt(name - 2) : text.charAt(name - 1);
    int start = equals + 1;
    int end = start;
    boolean hasDigit = false;
    boolean hasLetter = false;
    while (end < text.length() && end - start <= LONGEST_VALUE) {
      char c = text.charAt(end);
      if (c <= ' ' || c == ';' || (c == '&' && separator != ';') || QUOTES.indexOf(c) >= 0) {
        break;
      }
      if ("()[]{}<>.".indexOf(c) >= 0) {
        return null;
      }
      hasDigit |= TokenRule.isDigit(c);
      hasLetter |= Character.isLetter(c);
      end++;
    }
    int length = end - start;
    return !hasDigit
            || !hasLetter
            || length < SHORTEST_EXPORTED
            || length > LONGEST_VALUE
            || Placeholder.isOne(text, start, end)
        ? null
        : new Found(SecretKind.CONNECTION_PASSWORD, equals, start, end);
  }
}
