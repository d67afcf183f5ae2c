package dev.homeport.index;

import java.util.Optional;
import java.util.Set;

/// Tells lines that define something by the words of common languages.
final class Definitions {
  private static final int WORDS = 6;
  private static final Set<String> DEFINING =
      Set.of(
          "class",
          "const",
          "def",
          "enum",
          "fn",
          "func",
          "function",
          "interface",
          "macro",
          "module",
          "package",
          "record",
          "struct",
          "trait",
          "type");

  private Definitions() {}

  /// Whether a line begins with the definition of something.
  static boolean defines(String line) {
    return nameStart(line) >= 0;
  }

  /// The name that a line defines.
  static Optional<String> name(String line) {
    int start = nameStart(line);
    if (start < 0) {
      return Optional.empty();
    }
    while (start < line.length() && !isNamePart(line.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < line.length() && isNamePart(line.charAt(end))) {
      end++;
    }
    return end == start ? Optional.empty() : Optional.of(line.substring(start, end));
  }

  static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /// Where the text after the defining word starts, or -1.
  private static int nameStart(String line) {
    int i = 0;
    for (int words = 0; words < WORDS && i < line.length(); words++) {
      while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
        i++;
      }
      int start = i;
      while (i < line.length() && line.charAt(i) >= 'a' && line.charAt(i) <= 'z') {
        i++;
      }
      if (i < line.length()
          && line.charAt(i) == ' '
          && DEFINING.contains(line.substring(start, i))) {
        return i;
      }
      while (i < line.length() && !Character.isWhitespace(line.charAt(i))) {
        i++;
      }
    }
    return -1;
  }
}
