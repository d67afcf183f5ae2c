package dev.homeport.index;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The words of a text as the index knows them, with how often each occurs.
final class Words {
  private Words() {}

  static Map<String, Integer> count(Analyzer analyzer, String text) throws IOException {
    try (TokenStream tokens = analyzer.tokenStream(IndexFields.BODY, text)) {
      return count(tokens);
    }
  }

  static Map<String, Integer> count(TokenStream tokens) throws IOException {
    var counts = new LinkedHashMap<String, Integer>();
    var term = tokens.addAttribute(CharTermAttribute.class);
    tokens.reset();
    while (tokens.incrementToken()) {
      counts.merge(term.toString(), 1, Integer::sum);
    }
    tokens.end();
    return counts;
  }
}
