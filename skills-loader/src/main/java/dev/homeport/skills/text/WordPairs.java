package dev.homeport.skills.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The words that stand side by side in a text, function words aside and in either order.
///
/// Who asks for "unit tests" is better served by a skill about unit tests than by one about tests
/// of units of measure.
record WordPairs(Set<Pair> pairs) {
  /// Two words, the lesser first.
  record Pair(String one, String other) {
    static Pair of(String before, String after) {
      return before.compareTo(after) < 0 ? new Pair(before, after) : new Pair(after, before);
    }
  }

  /// The pairs of several texts, none across two of them.
  static WordPairs of(List<String> texts) {
    var pairs = new HashSet<Pair>();
    for (String text : texts) {
      List<String> terms = Terms.of(text);
      for (int i = 1; i < terms.size(); i++) {
        if (!terms.get(i).equals(terms.get(i - 1))) {
          pairs.add(Pair.of(terms.get(i - 1), terms.get(i)));
        }
      }
    }
    return new WordPairs(pairs);
  }

  /// Those that are in the other text as well.
  List<Pair> shared(WordPairs other) {
    return pairs.stream().filter(other.pairs::contains).toList();
  }
}
