package dev.homeport.index;

import dev.homeport.search.tree.TreeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Orders hits.
final class Hits {
  private static final Comparator<SearchHit> BEST_FIRST =
      Comparator.comparingDouble((SearchHit hit) -> -hit.score())
          .thenComparing(SearchHit::path)
          .thenComparingInt(SearchHit::line);

  /// Where code and prose answer together, a file of prose does not take more places.
  private static final int BLOCKS_AMONG_CODE = 3;

  /// A file so much older than the newest one counts three quarters where age counts.
  private static final double HALF_LIFE = Duration.ofDays(30).toNanos();

  private Hits() {}

  /// The hits, best first; beside files of code, what a file of prose has beyond its share comes
  /// last.
  static List<SearchHit> sort(List<SearchHit> hits) {
    List<SearchHit> sorted = hits.stream().sorted(BEST_FIRST).toList();
    if (sorted.stream().allMatch(hit -> hit.kind().isProse())) {
      return sorted;
    }
    var first = new ArrayList<SearchHit>();
    var last = new ArrayList<SearchHit>();
    var blocks = new HashMap<String, Integer>();
    for (SearchHit hit : sorted) {
      boolean within = blocks.merge(hit.path(), 1, Integer::sum) <= BLOCKS_AMONG_CODE;
      (within ? first : last).add(hit);
    }
    first.addAll(last);
    return first;
  }

  /// The hits with scores that fall with the age of their files, down to half.
  ///
  /// Ages are counted from the newest file of the tree, so that the answer is the same at any time.
  static List<SearchHit> byAge(List<SearchHit> hits, Map<String, TreeFile> tree) {
    long newest = tree.values().stream().mapToLong(TreeFile::modified).max().orElse(0);
    return hits.stream()
        .map(hit -> {
          TreeFile file = tree.get(hit.path());
          double age = file == null ? 0 : newest - file.modified();
          return hit.scored((float) (hit.score() * (0.5 + Math.pow(0.5, 1 + age / HALF_LIFE))));
        })
        .toList();
  }
}
