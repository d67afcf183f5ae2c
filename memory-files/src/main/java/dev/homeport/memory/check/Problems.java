package dev.homeport.memory.check;

import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.secret.SecretMasker;
import java.util.ArrayList;
import java.util.List;

/// Collects problems, and keeps secrets out of them. Not thread-safe.
final class Problems {
  private static final int LONGEST_QUOTE = 80;

  private final List<MemoryProblem> found = new ArrayList<>();

  void add(Kind kind, String path, int line, String detail, String remedy) {
    found.add(new MemoryProblem(kind, masked(path), line, masked(detail), masked(remedy)));
  }

  /// A text that a file gave, on one line and not too long.
  static String quote(String text) {
    String line = masked(text).replace('\n', ' ').strip();
    int end =
        line.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, line.codePointCount(0, line.length())));
    return "'" + line.substring(0, end) + (end < line.length() ? "…" : "") + "'";
  }

  private static String masked(String text) {
    return SecretMasker.mask(text).text();
  }

  List<MemoryProblem> sorted() {
    return found.stream().sorted().toList();
  }
}
