package dev.homeport.skills.text;

import java.util.List;
import java.util.Map;

/// How a query is phrased, beyond the words that it has.
///
/// @param pairs the words that stand side by side
/// @param sequence all words in order
/// @param weights what each term weighs that was looked for
record Phrasing(WordPairs pairs, List<String> sequence, Map<String, Double> weights) {
  /// What two neighbours add, of the sum of their weights.
  private static final double PAIR = 0.1;

  /// What a request adds that is quoted, of the sum of its weights.
  private static final double QUOTED = 0.5;

  Phrasing(String query, Map<String, Double> weights) {
    this(WordPairs.of(query), Terms.sequence(query), weights);
  }

  /// What a document adds whose name and description are phrased like that.
  ///
  /// @param words how many telling words of the query it has; with one there is no pair
  double in(List<String> heads, int words) {
    double ofPairs =
        words < 2
            ? 0
            : pairs.in(heads).stream()
                .mapToDouble(pair -> PAIR * (weight(pair.one()) + weight(pair.other())))
                .sum();
    return ofPairs + QUOTED * ExampleRequests.of(heads).heaviest(sequence, this::weight);
  }

  private double weight(String term) {
    return weights.getOrDefault(term, 0.0);
  }
}
