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

  /// The pairs of a text.
  static WordPairs of(String text) {
    var pairs = new HashSet<Pair>();
    List<String> terms = telling(text);
    for (int i = 1; i < terms.size(); i++) {
      pairs.add(Pair.of(terms.get(i - 1), terms.get(i)));
    }
    return new WordPairs(pairs);
  }

  private static List<String> telling(String text) {
    return Terms.sequence(text).stream().filter(term -> !Terms.isCommon(term)).toList();
  }

  /// Those that are in one of these texts as well.
  Set<Pair> in(List<String> texts) {
    if (pairs.isEmpty()) {
      return Set.of();
    }
    var shared = new HashSet<Pair>();
    for (String text : texts) {
      List<String> terms = telling(text);
      for (int i = 1; i < terms.size(); i++) {
        var pair = Pair.of(terms.get(i - 1), terms.get(i));
        if (pairs.contains(pair)) {
          shared.add(pair);
        }
      }
    }
    return shared;
  }
}
