package dev.homeport.index;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

/// The words of a question, with what each weighs.
///
/// @param weights by word as the index knows it
/// @param names the words as written, in lower case: whom the question may name
/// @param mentions what it names exactly
/// @param asksForTests whether files of tests are what is looked for
record QueryWords(
    Map<String, Float> weights, Set<String> names, Mentions mentions, boolean asksForTests) {
  /// Longer questions are texts of problems, which often speak of tests and look for other files.
  private static final int SHORT_QUESTION = 16;

  private static final float TITLE = 2;
  private static final String QUESTION_WORDS =
      """
      what when where who whom whose why how which do is be have get some any most from about this
      that has her his she he him i we you my our your can could should would been does did
      def return import self none class\
      """;

  /// Reads a question.
  static QueryWords of(String query, Analyzer analyzer, Set<RankingPart> parts) throws IOException {
    Map<String, Integer> counts = Words.count(analyzer, query);
    if (parts.contains(RankingPart.QUESTION_WORDS)) {
      Set<String> saysNothing = Words.count(analyzer, QUESTION_WORDS).keySet();
      if (!saysNothing.containsAll(counts.keySet())) {
        counts.keySet().removeAll(saysNothing);
      }
    }
    Set<String> title = parts.contains(RankingPart.TITLE) ? title(query, analyzer) : Set.of();
    var weights = new LinkedHashMap<String, Float>();
    counts.forEach((word, count) -> {
      double repeated = parts.contains(RankingPart.REPETITION) ? 1 + Math.log(count) : 1;
      weights.put(word, (float) repeated * (title.contains(word) ? TITLE : 1));
    });
    Set<String> names = written(query);
    boolean tests =
        counts.size() <= SHORT_QUESTION && (names.contains("test") || names.contains("tests"));
    return new QueryWords(weights, names, new Mentions(query), tests);
  }

  private static Set<String> title(String query, Analyzer analyzer) throws IOException {
    String stripped = query.strip();
    int end = stripped.indexOf('\n');
    return end < 0 ? Set.of() : Words.count(analyzer, stripped.substring(0, end)).keySet();
  }

  private static Set<String> written(String query) throws IOException {
    var words = new HashSet<String>();
    try (var tokens = new WordTokenizer(false)) {
      tokens.setReader(new java.io.StringReader(query));
      words.addAll(Words.count(tokens).keySet());
    }
    return words;
  }

  boolean isEmpty() {
    return weights.isEmpty();
  }
}
