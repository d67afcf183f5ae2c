package dev.homeport.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Picks the lines of a stretch of text that say most about a question.
final class BestLines {
  private static final int MAX_LINES = 3;

  private BestLines() {}

  /// What was picked.
  ///
  /// @param best the number of the line that says most
  /// @param lines the lines in file order; empty if none has a word of the question
  record Choice(int best, List<SearchHit.Line> lines) {}

  private record Scored(SearchHit.Line line, double score) {}

  static Choice of(List<TextLines.Line> lines, int firstLine, Pieces pieces) {
    var scored = new ArrayList<Scored>();
    for (int i = 0; i < lines.size(); i++) {
      TextLines.Line line = lines.get(i);
      double score = Arrays.stream(line.words()).distinct().mapToDouble(pieces::weight).sum();
      if (score > 0) {
        scored.add(new Scored(new SearchHit.Line(firstLine + i, cut(line.text())), score));
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::score).reversed());
    int best = scored.isEmpty() ? firstLine : scored.getFirst().line().number();
    return new Choice(
        best,
        scored.stream()
            .limit(MAX_LINES)
            .map(Scored::line)
            .sorted(Comparator.comparingInt(SearchHit.Line::number))
            .toList());
  }

  private static String cut(String line) {
    String stripped = line.strip();
    return stripped.length() <= SearchHit.Line.MAX_LENGTH
        ? stripped
        : stripped.substring(0, SearchHit.Line.MAX_LENGTH - 1) + "…";
  }
}
