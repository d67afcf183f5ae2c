package dev.homeport.memory.check;

import dev.homeport.memory.Fact;
import dev.homeport.text.Markdown;
import dev.homeport.text.Markdown.Kind;
import dev.homeport.text.Markdown.Line;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The frontmatter of a topic file, as far as its lines say `key: value`; deeper levels are left
/// unread.
///
/// @param values the values of the top level, without quotes
/// @param complaints what is wrong with it
/// @param body the text behind it
record Frontmatter(Map<String, String> values, List<Complaint> complaints, String body) {
  /// Something that is wrong.
  ///
  /// @param line the line, from 1
  /// @param text what
  record Complaint(int line, String text) {}

  private static final List<String> TYPES =
      Arrays.stream(Fact.Type.values()).map(Fact.Type::label).toList();

  static Frontmatter parse(String text) {
    Markdown markdown = Markdown.parse(text);
    List<Line> lines =
        markdown.lines().stream().filter(line -> line.kind() == Kind.FRONTMATTER).toList();
    if (lines.isEmpty()) {
      boolean isOpen = firstLine(text).equals("---");
      var unclosed = new Complaint(1, "the frontmatter that begins with '---' is never closed");
      return new Frontmatter(Map.of(), isOpen ? List.of(unclosed) : List.of(), text);
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<Complaint> complaints = new ArrayList<>();
    for (int i = 1; i < lines.size() - 1; i++) {
      String line = text.substring(lines.get(i).start(), lines.get(i).end()).stripTrailing();
      take(line, i + 1, values, complaints);
    }
    requireFields(values, complaints);
    return new Frontmatter(values, complaints, markdown.without(EnumSet.of(Kind.FRONTMATTER)));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return (line.startsWith("\uFEFF") ? line.substring(1) : line).stripTrailing();
  }

  private static void take(
      String line, int number, Map<String, String> values, List<Complaint> complaints) {
    boolean belongsAbove = line.startsWith(" ") || line.startsWith("- ") || line.equals("-");
    if (line.isBlank() || line.startsWith("#") || (belongsAbove && !values.isEmpty())) {
      return;
    }
    int colon = line.indexOf(':');
    boolean isPair = colon > 0 && (colon == line.length() - 1 || line.charAt(colon + 1) == ' ');
    if (!isPair || line.startsWith("\t") || belongsAbove) {
      complaints.add(new Complaint(number, "this line is no 'key: value'"));
      return;
    }
    String key = line.substring(0, colon).strip();
    String value = line.substring(colon + 1).strip();
    if (values.putIfAbsent(key, unquoted(value)) != null) {
      complaints.add(new Complaint(number, "the key '" + key + "' is there twice"));
    }
    complainAbout(value, number, complaints);
  }

  private static void complainAbout(String value, int number, List<Complaint> complaints) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    if (first == '"' || first == '\'') {
      if (!isClosed(value, first)) {
        complaints.add(new Complaint(number, "the quote is not closed at the end of the value"));
      }
    } else if (value.contains(": ") && "{[|>".indexOf(first) < 0) {
      complaints.add(new Complaint(number, "a value with ': ' in it must stand in quotes"));
    }
  }

  /// Whether a quoted value ends where its quote does; a comment may follow.
  private static boolean isClosed(String value, char quote) {
    int i = 1;
    while (i < value.length()) {
      char c = value.charAt(i);
      boolean isDoubled = quote == '\'' && value.startsWith("''", i);
      if ((quote == '"' && c == '\\') || isDoubled) {
        i += 2;
      } else if (c == quote) {
        String rest = value.substring(i + 1);
        return rest.isEmpty() || rest.startsWith(" #");
      } else {
        i++;
      }
    }
    return false;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    if ((first == '"' || first == '\'') && value.length() > 1 && value.lastIndexOf(first) > 0) {
      String inner = value.substring(1, value.lastIndexOf(first));
      return first == '"'
          ? inner.replace("\\\"", "\"").replace("\\\\", "\\")
          : inner.replace("''", "'");
    }
    return value;
  }

  private static void requireFields(Map<String, String> values, List<Complaint> complaints) {
    for (String key : List.of("name", "description")) {
      if (values.getOrDefault(key, "").isBlank()) {
        complaints.add(new Complaint(1, "it has no '" + key + "'"));
      }
    }
    String type = values.get("type");
    if (type != null && !TYPES.contains(type)) {
      complaints.add(new Complaint(1, "the type is not one of " + String.join(", ", TYPES)));
    }
    String modified = values.get("modified");
    if (modified != null && !isTime(modified)) {
      complaints.add(new Complaint(1, "'modified' is no time such as 2026-11-23T10:00:00Z"));
    }
  }

  private static boolean isTime(String text) {
    try {
      boolean isDate = text.length() == "2026-11-23".length();
      return isDate
          ? LocalDate.parse(text).isAfter(LocalDate.MIN)
          : Instant.parse(text).isAfter(Instant.MIN);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
