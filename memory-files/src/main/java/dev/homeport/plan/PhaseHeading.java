package dev.homeport.plan;

import java.util.Optional;

/// The text of a phase's heading: `Phase N: title`, perhaps with an inline `[status]`.
///
/// @param number its number
/// @param title its title, without the inline status
/// @param status the inline status
record PhaseHeading(int number, String title, Optional<PhaseStatus> status) {
  /// The largest number that a phase can have.
  static final int LAST_NUMBER = 999_999;

  private static final String WORD = "Phase ";

  static Optional<PhaseHeading> parse(String heading) {
    int digits = WORD.length();
    while (digits < heading.length() && isDigit(heading.charAt(digits))) {
      digits++;
    }
    int length = digits - WORD.length();
    if (!heading.startsWith(WORD) || length < 1 || length > 6) {
      return Optional.empty();
    }
    String rest = heading.substring(digits).strip();
    boolean isSeparated = rest.length() == 1 || (rest.length() > 1 && !isDigit(rest.charAt(1)));
    if (isSeparated && ":.)-–—".indexOf(rest.charAt(0)) >= 0) {
      rest = rest.substring(1).strip();
    } else if (rest.startsWith(":")) {
      rest = rest.substring(1);
    }
    int number = Integer.parseInt(heading.substring(WORD.length(), digits));
    Optional<PhaseStatus> status = inlineStatus(rest);
    String title = status.isPresent() ? rest.substring(0, rest.lastIndexOf('[')).strip() : rest;
    return Optional.of(new PhaseHeading(number, title, status));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Optional<PhaseStatus> inlineStatus(String text) {
    int open = text.lastIndexOf('[');
    return open >= 0 && text.endsWith("]")
        ? PhaseStatus.of(text.substring(open + 1, text.length() - 1))
        : Optional.empty();
  }
}
