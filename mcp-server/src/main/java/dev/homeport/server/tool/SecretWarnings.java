package dev.homeport.server.tool;

import dev.homeport.secret.SecretAllowList;
import dev.homeport.secret.SecretFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says of what an agent wrote on purpose that it looks like a secret. The text stays as it was
/// written: only what nobody reads before it is kept is masked.
final class SecretWarnings {
  private static final int MOST_NAMED = 5;
  private static final String LAST_LINE = "\nsha256 ";

  private final Map<String, @Nullable String> parts = new LinkedHashMap<>();

  private SecretWarnings() {}

  /// Warnings about one text that was written, under the name that the agent knows it by.
  static SecretWarnings of(String name, @Nullable String text) {
    return new SecretWarnings().and(name, text);
  }

  /// Warnings about several numbered texts.
  static SecretWarnings ofEach(String name, List<String> texts) {
    var warnings = new SecretWarnings();
    for (int i = 0; i < texts.size(); i++) {
      warnings.and(name + " " + (i + 1), texts.get(i));
    }
    return warnings;
  }

  /// The same about one more text.
  SecretWarnings and(String name, @Nullable String text) {
    parts.put(name, text);
    return this;
  }

  /// One line that names kind and place of what was found, or empty.
  String line() {
    List<String> found = found();
    if (found.isEmpty()) {
      return "";
    }
    String more =
        found.size() > MOST_NAMED ? " and %d more".formatted(found.size() - MOST_NAMED) : "";
    return "Warning: this looks like a secret: %s%s. It was written as it is; if it is one, take it out."
        .formatted(found.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")), more);
  }

  private List<String> found() {
    var found = new ArrayList<String>();
    parts.forEach((name, text) -> {
      if (text != null) {
        for (SecretFinding finding : SecretFinding.in(text, SecretAllowList.current())) {
          found.add("%s in line %d of %s".formatted(finding.kind().label(), finding.line(), name));
        }
      }
    });
    return found;
  }

  /// An answer with the line in its text, before the line with the digest if there is one; a
  /// refusal stays as it is.
  ToolResult in(ToolResult answer) {
    String line = answer.isError() ? "" : line();
    if (line.isEmpty()) {
      return answer;
    }
    int digest = answer.text().lastIndexOf(LAST_LINE);
    int end = digest < 0 ? answer.text().length() : digest;
    return answer.withText(
        answer.text().substring(0, end) + "\n" + line + answer.text().substring(end));
  }

  /// An answer with the line in its `_meta`, for texts that must stay word for word.
  ToolResult inMeta(ToolResult answer) {
    String line = answer.isError() ? "" : line();
    return line.isEmpty() ? answer : answer.withMeta("warning", line);
  }
}
