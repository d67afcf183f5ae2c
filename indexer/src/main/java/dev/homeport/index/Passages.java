package dev.homeport.index;

import dev.homeport.index.SearchHit.Line;
import dev.homeport.search.tree.FileOpener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

/// Picks the lines of a passage that say most about a question, from the file as it is now.
final class Passages {
  private static final int MAX_LINES = 3;

  private final Analyzer analyzer;
  private final TreeTexts texts;
  private final Set<String> words;

  Passages(Analyzer analyzer, TreeTexts texts, Set<String> words) {
    this.analyzer = analyzer;
    this.texts = texts;
    this.words = words;
  }

  private record Scored(Line line, int words) {}

  /// The best lines of the passage that begins with a line, in file order.
  List<Line> best(FileOpener opener, String path, int firstLine)
      throws IOException, InterruptedException {
    Optional<String> text = texts.read(opener, path);
    if (text.isEmpty()) {
      return List.of();
    }
    var scored = new ArrayList<Scored>();
    int number = firstLine;
    for (String line : passage(text.get(), firstLine).lines().toList()) {
      int found = Words.overlap(analyzer, line, words);
      if (found > 0) {
        scored.add(new Scored(new Line(number, cut(line)), found));
      }
      number++;
    }
    return scored.stream()
        .sorted(Comparator.comparingInt(Scored::words).reversed())
        .limit(MAX_LINES)
        .map(Scored::line)
        .sorted(Comparator.comparingInt(Line::number))
        .toList();
  }

  private static String passage(String text, int firstLine) {
    int start = 0;
    for (int line = 1; line < firstLine && start >= 0; line++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return "";
      }
    }
    return text.substring(start, IndexFields.passageEnd(text, start));
  }

  private static String cut(String line) {
    String stripped = line.strip();
    return stripped.length() <= Line.MAX_LENGTH
        ? stripped
        : stripped.substring(0, Line.MAX_LENGTH - 1) + "…";
  }
}
