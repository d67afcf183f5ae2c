package dev.homeport.skills.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much each term of a document weighs, by BM25F.
final class TermWeights {
  /*
   * BM25F (Robertson, Zaragoza, Taylor 2004): the counts of a term in the three fields are weighted
   * and normalised by field length, added up, and only then saturated, so that a word in the name
   * counts as much as many in the body, but never without limit. Field lengths are compared with
   * fixed typical lengths instead of the averages of this collection: the weights of a document
   * depend on it alone, so that segments can be merged and kept.
   */

  private static final double SATURATION = 2;

  private TermWeights() {}

  /// A part of a document.
  ///
  /// @param weight how much an occurrence counts
  /// @param typicalLength the length in terms at which it counts that much
  /// @param normalization how far greater length lowers the weight, 0 to 1
  private record Field(double weight, int typicalLength, double normalization) {
    static final Field NAME = new Field(5, 3, 0.3);
    static final Field DESCRIPTION = new Field(3, 25, 0.5);
    static final Field BODY = new Field(0.35, 400, 0.75);

    void addTo(Map<String, Weight> weights, String text) {
      List<String> terms = Terms.all(text);
      double length = 1 - normalization + normalization * terms.size() / typicalLength;
      for (String term : terms) {
        weights.computeIfAbsent(term, _ -> new Weight()).value += weight / length;
      }
    }
  }

  /// What a term weighs so far.
  static final class Weight {
    private double value;

    /// The saturated weight: more than 0, less than 1.
    double saturated() {
      return value / (value + SATURATION);
    }
  }

  /// The weight of each term.
  static Map<String, Weight> of(TextIndex.Document document) {
    var weights = new HashMap<String, Weight>();
    Field.NAME.addTo(weights, document.name());
    Field.DESCRIPTION.addTo(weights, document.description());
    Field.BODY.addTo(weights, document.body());
    return weights;
  }
}
