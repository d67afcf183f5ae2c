package dev.homeport.skills.publish;

import java.util.HashSet;
import java.util.List;

/// Recognises metadata so plain that every YAML parser, also those of a subset, reads it alike.
///
/// One line for each entry: a key, a colon, and a value that is a word, a number or a text without
/// anything special, or in quotes without escapes. `metadata` may have such lines below it.
final class PlainFrontmatter {
  private PlainFrontmatter() {}

  /// Whether a text between the fences is that plain.
  static boolean isPlain(String text) {
    boolean mayIndent = false;
    int indent = -1;
    var keys = new HashSet<String>();
    for (String line : text.split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        if (line.indexOf('\t') >= 0) {
          return false;
        }
        continue;
      }
      int spaces = line.length() - line.stripLeading().length();
      if (spaces > 0 && (!mayIndent || (indent >= 0 && indent != spaces))) {
        return false;
      }
      indent = spaces > 0 ? spaces : -1;
      String entry = line.substring(spaces);
      int colon = keyLength(entry);
      String key = (spaces > 0 ? "metadata." : "") + entry.substring(0, colon);
      if (colon == 0 || line.charAt(0) == '\t' || !keys.add(key)) {
        return false;
      }
      String value = entry.substring(colon + 1);
      boolean opens = value.isEmpty() && spaces == 0 && entry.equals("metadata:");
      if (!opens && !(value.startsWith(" ") && isPlainValue(value.strip()))) {
        return false;
      }
      mayIndent = opens || spaces > 0;
    }
    return true;
  }

  private static int keyLength(String entry) {
    int end = 0;
    while (end < entry.length() && isKeyCharacter(entry.charAt(end))) {
      end++;
    }
    boolean isKey = end < entry.length() && entry.charAt(end) == ':' && !isNumeric(entry.charAt(0));
    return isKey ? end : 0;
  }

  private static boolean isKeyCharacter(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static boolean isPlainValue(String value) {
    if (value.isEmpty() || value.indexOf('\t') >= 0) {
      return false;
    }
    char first = value.charAt(0);
    if (first == '"' || first == '\'') {
      return value.length() > 1
          && value.indexOf(first, 1) == value.length() - 1
          && value.indexOf('\\') < 0;
    }
    return Character.isLetterOrDigit(first)
        && !value.endsWith(":")
        && List.of(": ", " #").stream().noneMatch(value::contains)
        && value.chars().noneMatch(c -> c == 0xFEFF || c == 0x85 || c == 0x2028 || c == 0x2029);
  }
}
