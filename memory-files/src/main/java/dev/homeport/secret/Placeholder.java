package dev.homeport.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Values that only say where a secret would stand, and the published ones of documentation. To
/// mask those would damage honest text.
final class Placeholder {
  private static final String OPENING = "$<{%[*(";
  private static final List<String> PARTS =
      List.of("xxxx", "your_", "your-", "yourpass", "changeme", "placeholder", "...");
  private static final Set<String> WORDS =
      Set.of("password", "passwd", "pass", "pwd", "pw", "secret", "token", "mysecret", "hunter2");
  private static final Set<String> PUBLISHED =
      Set.of(
          // RFC 7617, 6749, 6750, 7519, and the page on which most people first meet a JWT
          "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
          "czZCaGRSa3F0MzpnWDFmQmF0M2JW",
          "h480djs93hd8",
          "mF_9.B5f-4.1JqM",
          "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
              + "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEj"
              + "Xk",
          "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwia"
              + "WF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c");

  private Placeholder() {}

  /// Whether the value between two positions is one.
  static boolean isOne(String text, int start, int end) {
    if (start >= end || OPENING.indexOf(text.charAt(start)) >= 0) {
      return true;
    }
    String value = text.substring(start, end);
    String lower = value.toLowerCase(Locale.ROOT);
    char first = value.charAt(0);
    return value.chars().allMatch(c -> c == first)
        || value.endsWith("EXAMPLE")
        || value.endsWith("EXAMPLEKEY")
        || PARTS.stream().anyMatch(lower::contains)
        || WORDS.contains(lower)
        || PUBLISHED.contains(value);
  }
}
