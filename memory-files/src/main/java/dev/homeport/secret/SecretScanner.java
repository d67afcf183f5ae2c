package dev.homeport.secret;

import java.util.ArrayList;
import java.util.List;

/// Finds secrets in one text, from left to right, in time linear in its length.
///
/// Each rule begins with a fixed word and looks at a bounded stretch behind it, so that no text can
/// make it slow. Not thread-safe.
final class SecretScanner {
  /// A secret in the text, from `start` up to but without `end`.
  record Found(SecretKind kind, int start, int end) {}

  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_LABEL = "PRIVATE KEY-----";
  private static final String PEM_END = "-----END ";
  private static final int LONGEST_LABEL = 32;
  private static final int LONGEST_KEY = 16_384;
  private static final int SHORTEST_CUT_KEY = 64;
  private static final int LONGEST_URL_USER = 512;
  private static final String EXPORT = "export ";
  private static final List<String> SECRET_NAMES =
      List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY");

  private final String text;
  private final List<Found> found = new ArrayList<>();
  private int nextPemEnd = -1;

  SecretScanner(String text) {
    this.text = text;
  }

  /// All secrets in order, none overlapping another.
  List<Found> scan() {
    int i = 0;
    while (i < text.length()) {
      i = Math.max(i + 1, skipSecret(i));
    }
    return found;
  }

  /// The end of the secret that starts here, or -1.
  private int skipSecret(int i) {
    return switch (text.charAt(i)) {
      case '-' -> pem(i);
      case ':' -> urlPassword(i);
      case 'e' -> startsWord(i) ? Math.max(jsonWebToken(i), exported(i)) : -1;
      case 'A', 'G', 'g', 'h', 'n', 'p', 'r', 's', 'x' -> startsWord(i) ? token(i) : -1;
      default -> -1;
    };
  }

  private boolean startsWord(int i) {
    if (i == 0) {
      return true;
    }
    char before = text.charAt(i - 1);
    return !TokenRule.isAlphanumeric(before) && before != '_' && before != '-';
  }

  private int token(int i) {
    for (TokenRule rule : TokenRule.ALL) {
      int end = rule.end(text, i);
      if (end > 0) {
        int value = rule.prefix().endsWith("=") ? i + rule.prefix().length() : i;
        return add(rule.kind(), value, end);
      }
    }
    return -1;
  }

  private int add(SecretKind kind, int start, int end) {
    found.add(new Found(kind, start, end));
    return end;
  }

  private int pem(int i) {
    if (!text.startsWith(PEM_BEGIN, i)) {
      return -1;
    }
    int label = i + PEM_BEGIN.length();
    int body = find(PEM_LABEL, label, label + LONGEST_LABEL);
    if (body < 0) {
      return -1;
    }
    body += PEM_LABEL.length();
    int end = pemEnd(body);
    if (end >= 0 && end - body <= LONGEST_KEY) {
      int close = find("-----", end + PEM_END.length(), end + PEM_END.length() + LONGEST_LABEL);
      return add(SecretKind.PRIVATE_KEY, i, close < 0 ? end : close + "-----".length());
    }
    int cut = body;
    while (cut < text.length() && isKeyCharacter(text.charAt(cut))) {
      cut++;
    }
    return cut - body < SHORTEST_CUT_KEY ? -1 : add(SecretKind.PRIVATE_KEY, i, cut);
  }

  /// Looks for the next end line once, not once for each begin line.
  private int pemEnd(int from) {
    if (nextPemEnd != Integer.MAX_VALUE && nextPemEnd < from) {
      int at = text.indexOf(PEM_END, from);
      nextPemEnd = at < 0 ? Integer.MAX_VALUE : at;
    }
    return nextPemEnd == Integer.MAX_VALUE ? -1 : nextPemEnd;
  }

  private static boolean isKeyCharacter(char c) {
    return TokenRule.isAlphanumeric(c) || "+/=\r\n \t\\".indexOf(c) >= 0;
  }

  private int find(String word, int from, int limit) {
    int at = text.substring(from, Math.min(limit + word.length(), text.length())).indexOf(word);
    return at < 0 ? -1 : from + at;
  }

  private int urlPassword(int i) {
    if (!text.startsWith("://", i) || i == 0 || !TokenRule.isAlphanumeric(text.charAt(i - 1))) {
      return -1;
    }
    int user = i + "://".length();
    int colon = -1;
    for (int j = user; j < Math.min(text.length(), user + LONGEST_URL_USER); j++) {
      char c = text.charAt(j);
      if (c == ':' && colon < 0) {
        colon = j;
      } else if (c == '@') {
        return colon < 0 || isPlaceholder(colon + 1, j)
            ? -1
            : add(SecretKind.URL_PASSWORD, colon + 1, j);
      } else if (c <= ' ' || "/?#\"'`<>".indexOf(c) >= 0) {
        return -1;
      }
    }
    return -1;
  }

  private int jsonWebToken(int i) {
    if (!text.startsWith("eyJ", i)) {
      return -1;
    }
    int end = i;
    for (int part = 0; part < 3; part++) {
      int start = end;
      while (end < text.length() && isBase64Url(text.charAt(end))) {
        end++;
      }
      boolean last = part == 2;
      if (end - start < 10 || (!last && (end == text.length() || text.charAt(end) != '.'))) {
        return -1;
      }
      end += last ? 0 : 1;
    }
    return add(SecretKind.JSON_WEB_TOKEN, i, end);
  }

  private static boolean isBase64Url(char c) {
    return TokenRule.isAlphanumeric(c) || c == '_' || c == '-';
  }

  private int exported(int i) {
    if (!text.startsWith(EXPORT, i)) {
      return -1;
    }
    int name = i + EXPORT.length();
    int equals = name;
    while (equals < text.length() && isNameCharacter(text.charAt(equals))) {
      equals++;
    }
    if (equals == text.length() || text.charAt(equals) != '=' || !isSecretName(name, equals)) {
      return -1;
    }
    int start = equals + 1;
    boolean quoted = start < text.length() && "\"'".indexOf(text.charAt(start)) >= 0;
    start += quoted ? 1 : 0;
    int end = start;
    while (end < text.length() && !endsValue(text.charAt(end), quoted)) {
      end++;
    }
    if (isPlaceholder(start, end) || end - start < 8) {
      return -1;
    }
    // A value that is itself a known token is named by its own kind.
    int known = token(start);
    return known == end ? end : addExported(start, end, known);
  }

  private int addExported(int start, int end, int known) {
    if (known >= 0) {
      found.removeLast();
    }
    return add(SecretKind.EXPORTED_SECRET, start, end);
  }

  private static boolean endsValue(char c, boolean quoted) {
    return c == '\n' || c == '\r' || "\"'".indexOf(c) >= 0 || (!quoted && (c <= ' ' || c == ';'));
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private boolean isSecretName(int start, int end) {
    String name = text.substring(start, end);
    return SECRET_NAMES.stream().anyMatch(name::endsWith);
  }

  /// Whether a value only says where a secret would stand: `$NAME`, `<password>`, `***`, nothing.
  private boolean isPlaceholder(int start, int end) {
    if (start >= end) {
      return true;
    }
    char first = text.charAt(start);
    return "$<{%[*".indexOf(first) >= 0
        || text.substring(start, end).chars().allMatch(c -> c == first);
  }
}
