package dev.homeport.claude;

import java.util.ArrayList;
import java.util.List;

/// Finds the imports `@path` of a Markdown file: at the start of a word, outside of code.
final class ImportScanner {
  private final List<String> imports = new ArrayList<>();

  private ImportScanner() {}

  /// The paths in their order, each once.
  static List<String> scan(String text) {
    var scanner = new ImportScanner();
    String fence = "";
    for (String line : text.lines().toList()) {
      String trimmed = line.strip();
      if (!fence.isEmpty()) {
        fence = trimmed.startsWith(fence) && trimmed.length() == run(trimmed, 0) ? "" : fence;
      } else if (trimmed.startsWith("```") || trimmed.startsWith("~~~")) {
        fence = trimmed.substring(0, run(trimmed, 0));
      } else {
        scanner.scanLine(line);
      }
    }
    return scanner.imports.stream().distinct().toList();
  }

  /// How many characters from here on are the same.
  private static int run(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) == text.charAt(start)) {
      end++;
    }
    return end - start;
  }

  private void scanLine(String line) {
    int i = 0;
    boolean wordStart = true;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '`') {
        i = afterCodeSpan(line, i);
        wordStart = false;
      } else if (c == '@' && wordStart) {
        i = takeImport(line, i + 1);
        wordStart = false;
      } else {
        wordStart = Character.isWhitespace(c);
        i++;
      }
    }
  }

  /// A code span ends at a run of as many backticks as opened it; without one it is no span.
  private static int afterCodeSpan(String line, int start) {
    int length = run(line, start);
    int i = start + length;
    while (i < line.length()) {
      int closing = line.charAt(i) == '`' ? run(line, i) : 0;
      if (closing == length) {
        return i + closing;
      }
      i += Math.max(closing, 1);
    }
    return start + length;
  }

  private int takeImport(String line, int start) {
    int end = start;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    String path = line.substring(start, end);
    while (!path.isEmpty() && ".,;:!?)`".indexOf(path.charAt(path.length() - 1)) >= 0) {
      path = path.substring(0, path.length() - 1);
    }
    if (!path.isEmpty()) {
      imports.add(path);
    }
    return end;
  }
}
