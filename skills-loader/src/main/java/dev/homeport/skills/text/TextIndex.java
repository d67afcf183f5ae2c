package dev.homeport.skills.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Ranks documents by the words of their name, description and body. Immutable and thread-safe.
///
/// The documents lie in segments; each segment tells of some documents that are not searched any
/// more.
public final class TextIndex {
  /*
   * A hit's fit is its score over the score of a skill that had every word of the query without
   * limit, and one more word that no skill has. It lies between 0 and 1 and means the same for short
   * and long queries, which makes a threshold for "no skill fits" possible. Words that no document
   * has count most: a query about something else scores low even if one of its words is found. The
   * imagined word is a doubt that weighs more the less a query says.
   *
   * A second doubt weighs more the less of the query a skill has: one word is easily had by chance,
   * two hardly, so with k words it takes k of k + 1 parts of the fit. Without it one rare word in a
   * body makes a question of four words about something else look answered.
   *
   * Function words do tell something: "what is new" asks for the skill that says "tell users what
   * is new". They count by half where they are found, and neither as a part of the query nor
   * against the doubt.
   *
   * Two words that stand side by side in the query and in a name or description add a little, and
   * a request that a description quotes adds half of its weight to a query that has it.
   */

  /// So many imagined documents without any word of a query: in a collection of three, a word that
  /// all three have still tells something.
  private static final int BACKGROUND = 10;

  /// What a function word counts, beside others of the same rarity.
  private static final double COMMON_WORD = 0.5;

  /// In so many of the best documents it is looked how the query is phrased.
  private static final int CANDIDATES = 20;

  /// A skill with function words alone comes after those with others, but comes.
  private static final double TRACE = 0.001;

  /// What is ranked.
  public record Document(String name, String description, String body) {}

  /// A document and how well it fits.
  ///
  /// @param document its number, from 0
  /// @param fit how much of the query it covers, weighted by how telling each word is: 0 to 1
  public record Ranked(int document, double fit) {}

  /// A segment, and the number by which each of its documents is known here.
  ///
  /// @param numbers -1 for a document that is not searched
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Part(IndexSegment segment, int[] numbers) {}

  private final int size;
  private final List<Part> parts;

  private TextIndex(int size, List<Part> parts) {
    this.size = size;
    this.parts = List.copyOf(parts);
  }

  /// An index of documents, numbered in this order.
  public static TextIndex of(List<Document> documents) {
    int[] numbers = new int[documents.size()];
    Arrays.setAll(numbers, i -> i);
    return new TextIndex(documents.size(), List.of(new Part(IndexSegment.of(documents), numbers)));
  }

  /// An index of segments.
  ///
  /// @param size how many documents are searched; the numbers are below it
  public static TextIndex of(int size, List<Part> parts) {
    return new TextIndex(size, parts);
  }

  /// The same index, but for some documents that are others now.
  ///
  /// @param documents the numbers of the documents that change
  /// @param segment what they are now, in that order
  public TextIndex with(int[] documents, IndexSegment segment) {
    var all = new ArrayList<Part>();
    for (Part part : parts) {
      all.add(new Part(part.segment(), without(part.numbers(), documents)));
    }
    all.add(new Part(segment, documents));
    return new TextIndex(size, all);
  }

  private static int[] without(int[] numbers, int[] documents) {
    int[] left = numbers.clone();
    for (int i = 0; i < left.length; i++) {
      for (int document : documents) {
        left[i] = left[i] == document ? -1 : left[i];
      }
    }
    return left;
  }

  /// One segment of all documents that several parts name, which must be numbered in ascending
  /// order.
  public static IndexSegment merge(int size, List<Part> parts) {
    return IndexSegment.merge(
        parts.stream().map(Part::segment).toList(),
        parts.stream().map(Part::numbers).toList(),
        size);
  }

  /// The documents that have one term.
  private static final class Matches {
    private int[] documents = new int[16];
    private float[] weights = new float[16];
    private int count;

    /// In how many documents the term is at all.
    private int frequency;

    void add(int document, double weight) {
      if (count == documents.length) {
        documents = Arrays.copyOf(documents, count * 2);
        weights = Arrays.copyOf(weights, count * 2);
      }
      documents[count] = document;
      weights[count++] = (float) weight;
      frequency++;
    }

    /// Those that the other has as well; the term stays as rare as it is.
    Matches also(Matches other) {
      var others = new BitSet();
      for (int i = 0; i < other.count; i++) {
        others.set(other.documents[i]);
      }
      var both = new Matches();
      for (int i = 0; i < count; i++) {
        if (others.get(documents[i])) {
          both.add(documents[i], weights[i]);
        }
      }
      both.frequency = frequency;
      return both;
    }
  }

  /// The documents that have any word of the query, best first.
  ///
  /// @param heads name and description of a document, read for the best few alone
  public List<Ranked> search(String query, int limit, IntFunction<List<String>> heads) {
    var scores = new float[size];
    var found = new int[size];
    var weights = new HashMap<String, Double>();
    double whole = rarity(0);
    for (Map.Entry<String, Matches> asked : asked(query).entrySet()) {
      Matches matches = asked.getValue();
      boolean tells = !Terms.isCommon(asked.getKey());
      double rarity = rarity(matches.frequency);
      double weight = tells ? rarity : COMMON_WORD * rarity;
      weights.put(asked.getKey(), weight);
      whole += tells ? rarity : 0;
      for (int i = 0; i < matches.count; i++) {
        int document = matches.documents[i];
        scores[document] += (float) (matches.weights[i] * weight);
        found[document] += tells ? 1 : 0;
      }
    }
    for (int i = 0; i < size; i++) {
      scores[i] *= (float) (certainty(found[i]) / whole);
    }
    var phrasing = new Phrasing(query, weights);
    double all = whole;
    return best(scores, Math.max(limit, CANDIDATES)).stream()
        .map(ranked -> {
          int words = found[ranked.document()];
          double more = phrasing.in(heads.apply(ranked.document()), words);
          double fit = ranked.fit() + certainty(words) * more / all;
          return new Ranked(ranked.document(), Math.min(1, fit));
        })
        .sorted(Comparator.comparingDouble(Ranked::fit).reversed())
        .limit(limit)
        .toList();
  }

  /// The terms that are looked for: a word as it is written if any document has it, else its parts.
  ///
  /// A word of two parts is mostly a name, such as `HubSpot`: who has but one of them is about
  /// something else. Longer ones are identifiers, of which each part tells something.
  private Map<String, Matches> asked(String query) {
    var asked = new LinkedHashMap<String, Matches>();
    for (Terms.Word word : new LinkedHashSet<>(Terms.words(query))) {
      Matches whole = matches(word.whole());
      List<String> parts = word.parts();
      if (whole.count > 0 || parts.size() == 1) {
        asked.putIfAbsent(word.whole(), whole);
      } else if (parts.size() == 2) {
        Matches one = matches(parts.getFirst());
        Matches other = matches(parts.getLast());
        asked.putIfAbsent(parts.getFirst(), one.also(other));
        asked.putIfAbsent(parts.getLast(), other.also(one));
      } else {
        parts.forEach(part -> asked.computeIfAbsent(part, this::matches));
      }
    }
    return asked;
  }

  private static double certainty(int wordsFound) {
    return (wordsFound + TRACE) / (wordsFound + 1);
  }

  private Matches matches(String term) {
    var matches = new Matches();
    for (Part part : parts) {
      part.segment()
          .read(
              term,
              (document, weight) -> {
                if (part.numbers()[document] >= 0) {
                  matches.add(part.numbers()[document], IndexSegment.weight(weight));
                }
              });
    }
    return matches;
  }

  /// The inverse document frequency; the fewer documents have a word, the more it tells.
  private double rarity(int frequency) {
    return Math.log(1 + (size + BACKGROUND - frequency + 0.5) / (frequency + 0.5));
  }

  private static List<Ranked> best(float[] scores, int limit) {
    var best = new ArrayList<Ranked>();
    for (int i = 0; i < scores.length; i++) {
      boolean isFull = best.size() == limit;
      if (scores[i] > 0 && (!isFull || scores[i] > best.getLast().fit())) {
        if (isFull) {
          best.removeLast();
        }
        int at = best.size();
        while (at > 0 && best.get(at - 1).fit() < scores[i]) {
          at--;
        }
        best.add(at, new Ranked(i, scores[i]));
      }
    }
    return best;
  }
}
