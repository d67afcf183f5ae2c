package dev.homeport.skills.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes JSON values as YAML that every parser reads alike: one line for each entry, texts in
/// double quotes, lists and maps in brackets.
final class CanonicalFrontmatter {
  /// The deepest nesting that strict clients read.
  private static final int MAX_DEPTH = 24;

  private CanonicalFrontmatter() {}

  /// The lines of the metadata, without fences, each ending in `\n`.
  static String write(Map<String, @Nullable Object> values) {
    var out = new StringBuilder();
    values.forEach(
        (key, value) -> out.append(key(key)).append(": ").append(value(value)).append('\n'));
    return out.toString();
  }

  /// The values as they may be written: texts without half characters, no key that a client
  /// refuses, nothing nested too deep.
  static Map<String, @Nullable Object> tidy(Map<String, @Nullable Object> values) {
    var tidy = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((key, value) -> {
      if (isKey(key)) {
        tidy.put(whole(key), tidy(value, 1));
      }
    });
    return tidy;
  }

  private static @Nullable Object tidy(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      return String.valueOf(value);
    }
    return switch (value) {
      case String text -> whole(text);
      case List<?> list ->
          list.stream().<@Nullable Object>map(item -> tidy(item, depth + 1)).toList();
      case Map<?, ?> map -> {
        var tidy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> {
          if (isKey(String.valueOf(key))) {
            tidy.put(whole(String.valueOf(key)), tidy(item, depth + 1));
          }
        });
        yield tidy;
      }
      case null, default -> value;
    };
  }

  private static boolean isKey(String key) {
    return !key.equals("__proto__");
  }

  /// The text with each half of a character replaced, since it cannot be written as UTF-8.
  private static String whole(String text) {
    return text.codePoints()
        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String key(String key) {
    boolean isWord =
        !key.isEmpty()
            && Character.isLetter(key.charAt(0))
            && key.chars()
                .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'))
            && switch (key.toLowerCase(java.util.Locale.ROOT)) {
              case "true", "false", "null" -> false;
              default -> true;
            };
    return isWord ? key : quoted(key);
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quoted(text);
      case List<?> list ->
          list.stream()
              .map(CanonicalFrontmatter::value)
              .collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + value(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> String.valueOf(value);
    };
  }

  /// A text in double quotes on one line.
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append((c > 0xFFFF ? "\\U%08X" : "\\u%04X").formatted(c));
              }
            }
          }
        });
    return out.append('"').toString();
  }

  private static boolean isPrintable(int c) {
    return c >= 0x20
        && (c < 0x7F || c > 0x9F)
        && c != 0x2028
        && c != 0x2029
        && c != 0xFEFF
        && c != 0xFFFE
        && c != 0xFFFF;
  }
}
