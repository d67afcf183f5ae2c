package dev.homeport.claude;

import dev.homeport.text.Markdown;
import dev.homeport.text.Markdown.Stretch;
import java.util.ArrayList;
import java.util.List;

/// Finds the imports `@path` of a Markdown file: at the start of a word, outside of code, comments
/// and frontmatter. A space in a path is written `\ `; what follows a `#` is left out.
final class ImportScanner {
  /// More are no instructions but a way to keep the resolver busy.
  static final int MOST = 1_000;

  private static final String BEHIND_A_PATH = ".,;:!?)]}>*'\"`";

  private final String text;
  private final List<String> imports = new ArrayList<>();

  private ImportScanner(String text) {
    this.text = text;
  }

  /// The first [#MOST] paths in their order, each once.
  static List<String> scan(String text) {
    var scanner = new ImportScanner(text);
    for (Stretch stretch : Markdown.parse(text).stretches()) {
      if (!stretch.isCode()) {
        scanner.scan(stretch.start(), stretch.end());
      }
    }
    return scanner.imports.stream().distinct().limit(MOST).toList();
  }

  private void scan(int from, int to) {
    int at = text.indexOf('@', from, to);
    while (at >= 0) {
      boolean startsWord = at == 0 || Character.isWhitespace(text.charAt(at - 1));
      at = text.indexOf('@', startsWord ? take(at + 1, to) : at + 1, to);
    }
  }

  private int take(int start, int to) {
    var path = new StringBuilder();
    int end = start;
    while (end < to && !Character.isWhitespace(text.charAt(end))) {
      boolean isEscaped = end + 1 < to && text.startsWith("\\ ", end);
      path.append(isEscaped ? ' ' : text.charAt(end));
      end += isEscaped ? 2 : 1;
    }
    int fragment = path.indexOf("#");
    if (fragment >= 0) {
      path.setLength(fragment);
    }
    while (!path.isEmpty() && BEHIND_A_PATH.indexOf(path.charAt(path.length() - 1)) >= 0) {
      path.setLength(path.length() - 1);
    }
    if (!path.isEmpty() && beginsPath(path.codePointAt(0))) {
      imports.add(path.toString());
    }
    return end;
  }

  /// A path in quotes is no import.
  private static boolean beginsPath(int c) {
    return Character.isLetterOrDigit(c) || "._~/-".indexOf(c) >= 0;
  }
}
