package dev.homeport.index;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The words of a text as the index knows them, with how often each occurs.
final class Words {
  private Words() {}

  static Map<String, Integer> count(Analyzer analyzer, String text) throws IOException {
    var counts = new LinkedHashMap<String, Integer>();
    try (var tokens = analyzer.tokenStream(IndexFields.BODY, text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        counts.merge(term.toString(), 1, Integer::sum);
      }
      tokens.end();
    }
    return counts;
  }

  /// How many of the wanted words a line has.
  static int overlap(Analyzer analyzer, String line, Set<String> wanted) throws IOException {
    return (int) count(analyzer, line).keySet().stream().filter(wanted::contains).count();
  }
}
