package dev.homeport.skills.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much each term of a document weighs.
final class TermWeights {
  /*
   * Name and description are weighted as by BM25F (Robertson, Zaragoza, Taylor 2004): counts are
   * weighted and normalised by field length, added up, and only then saturated. The body is
   * saturated by itself. They are two witnesses: what a body says often is worth something, but
   * never as much as one word of the author's own summary, and a word that both have is worth more
   * than either alone, as the chance that not both are wrong.
   *
   * Field lengths are compared with fixed typical lengths instead of the averages of this
   * collection: the weights of a document depend on it alone, so that segments can be merged and
   * kept.
   */

  private static final double SATURATION = 2;

  /// What a body can count at most, of what name and description can.
  private static final double BODY_SHARE = 0.6;

  private TermWeights() {}

  /// A part of a document.
  ///
  /// @param weight how much an occurrence counts
  /// @param typicalLength the length in terms at which it counts that much
  /// @param normalization how far greater length lowers the weight, 0 to 1
  private record Field(double weight, int typicalLength, double normalization) {
    static final Field NAME = new Field(5, 3, 0.3);
    static final Field DESCRIPTION = new Field(3, 25, 0.5);
    static final Field BODY = new Field(1, 400, 0.75);

    double perTerm(List<String> terms) {
      return weight / (1 - normalization + normalization * terms.size() / typicalLength);
    }
  }

  /// What a term weighs so far.
  static final class Weight {
    private double head;
    private double body;

    /// The saturated weight: more than 0, less than 1.
    double saturated() {
      double ofHead = head / (head + SATURATION);
      double ofBody = BODY_SHARE * body / (body + SATURATION);
      return ofHead + ofBody - ofHead * ofBody;
    }
  }

  /// The weight of each term.
  static Map<String, Weight> of(TextIndex.Document document) {
    var weights = new HashMap<String, Weight>();
    addHead(Field.NAME, document.name(), weights);
    addHead(Field.DESCRIPTION, document.description(), weights);
    List<String> body = Terms.all(document.body());
    double each = Field.BODY.perTerm(body);
    body.forEach(term -> weights.computeIfAbsent(term, _ -> new Weight()).body += each);
    return weights;
  }

  private static void addHead(Field field, String text, Map<String, Weight> weights) {
    List<String> terms = Terms.all(text);
    double each = field.perTerm(terms);
    terms.forEach(term -> weights.computeIfAbsent(term, _ -> new Weight()).head += each);
  }
}
