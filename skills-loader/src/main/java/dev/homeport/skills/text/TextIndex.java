package dev.homeport.skills.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ranks documents by BM25 over their name, description and body. Immutable and thread-safe.
public final class TextIndex {
  /*
   * BM25F (Robertson, Zaragoza, Taylor 2004): the counts of a term in the three fields are weighted
   * and normalised by field length, added up, and only then saturated, so that a word in the name
   * counts as much as many in the body, but never without limit. Field lengths are compared with
   * fixed typical lengths instead of the averages of this collection: the weights of a document
   * depend on it alone.
   *
   * A hit's fit is its score over the score of a skill that had every word of the query without
   * limit. It lies between 0 and 1 and means the same for short and long queries, which makes a
   * threshold for "no skill fits" possible. Words that no document has count most: a query
   * about something else scores low even if one of its words is found.
   */

  private static final double SATURATION = 1.2;

  /// So many imagined documents without any word of a query: in a collection of three, a word that
  /// all three have still tells something.
  private static final int BACKGROUND = 10;

  /// What is ranked.
  public record Document(String name, String description, String body) {}

  /// A document and how well it fits.
  ///
  /// @param document its number, from 0
  /// @param fit how much of the query it covers, weighted by how telling each word is: 0 to 1
  public record Ranked(int document, double fit) {}

  /// The documents that have a term, and its weight in each.
  private static final class Postings {
    private int[] documents = new int[2];
    private float[] weights = new float[2];
    private int size;

    void add(int document, double weight) {
      if (size == documents.length) {
        documents = Arrays.copyOf(documents, size * 2);
        weights = Arrays.copyOf(weights, size * 2);
      }
      documents[size] = document;
      weights[size++] = (float) weight;
    }
  }

  private final int size;
  private final Map<String, Postings> postings = new HashMap<>();

  private TextIndex(List<Document> documents) {
    this.size = documents.size();
    for (int i = 0; i < size; i++) {
      int document = i;
      weights(documents.get(i))
          .forEach((term, weight) ->
              postings.computeIfAbsent(term, _ -> new Postings()).add(document, weight));
    }
  }

  /// An index of documents, numbered in this order.
  public static TextIndex of(List<Document> documents) {
    return new TextIndex(documents);
  }

  /// A part of a document.
  ///
  /// @param weight how much an occurrence counts
  /// @param typicalLength the length in terms at which it counts that much
  /// @param normalization how far greater length lowers the weight, 0 to 1
  private record Field(double weight, int typicalLength, double normalization) {
    static final Field NAME = new Field(5, 3, 0.3);
    static final Field DESCRIPTION = new Field(3, 25, 0.5);
    static final Field BODY = new Field(0.5, 400, 0.75);

    void addTo(Map<String, Double> weights, String text) {
      List<String> terms = Terms.of(text);
      double length = 1 - normalization + normalization * terms.size() / typicalLength;
      for (String term : terms) {
        weights.merge(term, weight / length, Double::sum);
      }
    }
  }

  private static Map<String, Double> weights(Document document) {
    var weights = new HashMap<String, Double>();
    Field.NAME.addTo(weights, document.name());
    Field.DESCRIPTION.addTo(weights, document.description());
    Field.BODY.addTo(weights, document.body());
    return weights;
  }

  /// The documents that have any word of the query, best first.
  public List<Ranked> search(String query, int limit) {
    Set<String> terms = new LinkedHashSet<>(Terms.of(query));
    var scores = new HashMap<Integer, Double>();
    double best = 0;
    for (String term : terms) {
      Postings found = postings.get(term);
      double rarity = rarity(found == null ? 0 : found.size);
      best += rarity;
      for (int i = 0; found != null && i < found.size; i++) {
        double weight = found.weights[i];
        scores.merge(found.documents[i], rarity * weight / (weight + SATURATION), Double::sum);
      }
    }
    double whole = best;
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .map(entry -> new Ranked(entry.getKey(), entry.getValue() / whole))
        .toList();
  }

  /// The inverse document frequency; the fewer documents have a word, the more it tells.
  private double rarity(int frequency) {
    return Math.log(1 + (size + BACKGROUND - frequency + 0.5) / (frequency + 0.5));
  }
}
