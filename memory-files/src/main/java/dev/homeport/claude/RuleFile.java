package dev.homeport.claude;

import java.util.ArrayList;
import java.util.List;

/// A rule file: its globs and its text.
///
/// Only the key `paths` of the frontmatter counts. It is read line by line and not as YAML, because
/// globs such as `**/*.ts` are commonly written without the quotes that YAML would need.
///
/// @param paths the globs; empty if the rule always holds
/// @param text what follows the frontmatter
record RuleFile(List<String> paths, String text) {
  private static final String KEY = "paths:";

  RuleFile {
    paths = List.copyOf(paths);
  }

  static RuleFile parse(String content) {
    String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
      return new RuleFile(List.of(), text);
    }
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).stripTrailing().equals("---")) {
        String body = String.join("\n", lines.subList(i + 1, lines.size())).stripLeading();
        return new RuleFile(paths(lines.subList(1, i)), body);
      }
    }
    return new RuleFile(List.of(), text);
  }

  private static List<String> paths(List<String> frontmatter) {
    var paths = new ArrayList<String>();
    boolean inList = false;
    for (String line : frontmatter) {
      String trimmed = line.strip();
      if (line.startsWith(KEY)) {
        String value = trimmed.substring(KEY.length()).strip();
        inList = value.isEmpty();
        addAll(paths, value);
      } else if (inList && trimmed.startsWith("- ")) {
        addAll(paths, trimmed.substring(2));
      } else if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
        inList = false;
      }
    }
    return paths;
  }

  /// Adds what is written as one glob, as several with commas, or as `[a, b]`.
  private static void addAll(List<String> paths, String value) {
    String list =
        value.startsWith("[") && value.endsWith("]")
            ? value.substring(1, value.length() - 1)
            : value;
    int braces = 0;
    var glob = new StringBuilder();
    for (int i = 0; i <= list.length(); i++) {
      char c = i < list.length() ? list.charAt(i) : ',';
      braces += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && (braces <= 0 || i == list.length())) {
        add(paths, glob.toString().strip());
        glob.setLength(0);
      } else {
        glob.append(c);
      }
    }
  }

  private static void add(List<String> paths, String glob) {
    boolean quoted =
        glob.length() >= 2
            && "\"'".indexOf(glob.charAt(0)) >= 0
            && glob.charAt(0) == glob.charAt(glob.length() - 1);
    String plain = quoted ? glob.substring(1, glob.length() - 1) : glob;
    if (!plain.isEmpty()) {
      paths.add(plain);
    }
  }
}
