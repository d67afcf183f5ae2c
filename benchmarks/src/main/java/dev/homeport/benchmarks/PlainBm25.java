package dev.homeport.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// BM25 as it stands in textbooks (k1 = 1.2, b = 0.75) over whole texts, without stemming or stop
/// words: what ours is compared with.
final class PlainBm25 {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final List<Map<String, Integer>> counts = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final Map<String, Integer> frequencies = new HashMap<>();
  private final double averageLength;

  /// A text and its score.
  record Scored(int document, double score) {}

  PlainBm25(List<String> texts) {
    long all = 0;
    for (String text : texts) {
      List<String> words = words(text);
      var own = new HashMap<String, Integer>();
      words.forEach(word -> own.merge(word, 1, Integer::sum));
      own.keySet().forEach(word -> frequencies.merge(word, 1, Integer::sum));
      counts.add(own);
      lengths.add(words.size());
      all += words.size();
    }
    averageLength = texts.isEmpty() ? 1 : (double) all / texts.size();
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    String lower = text.toLowerCase(Locale.ROOT) + " ";
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /// The best texts for a query, best first.
  List<Scored> search(String query, int limit) {
    List<String> words = words(query).stream().distinct().toList();
    var scored = new ArrayList<Scored>();
    for (int i = 0; i < counts.size(); i++) {
      double score = 0;
      double length = 1 - B + B * lengths.get(i) / averageLength;
      for (String word : words) {
        int count = counts.get(i).getOrDefault(word, 0);
        int holders = frequencies.getOrDefault(word, 0);
        double rarity = Math.log(1 + (counts.size() - holders + 0.5) / (holders + 0.5));
        score += rarity * count * (K1 + 1) / (count + K1 * length);
      }
      if (score > 0) {
        scored.add(new Scored(i, score));
      }
    }
    scored.sort(
        Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::document));
    return scored.subList(0, Math.min(limit, scored.size()));
  }
}
