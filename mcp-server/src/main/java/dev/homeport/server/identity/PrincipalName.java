package dev.homeport.server.identity;

/// The name under which somebody is known here: 1 to 64 of `a`-`z`, `0`-`9`, `.`, `_`, `-`, the
/// first a letter or digit. It names files.
public record PrincipalName(String text) {
  private static final int LONGEST = 64;

  /// @throws IllegalArgumentException if it is no such name
  public PrincipalName {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          "'%s' is no name: it has 1 to %d of a-z, 0-9, '.', '_', '-', the first a letter or digit"
              .formatted(text, LONGEST));
    }
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && isAlphanumeric(text.charAt(0))
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '.' || c == '_' || c == '-');
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return text;
  }
}
