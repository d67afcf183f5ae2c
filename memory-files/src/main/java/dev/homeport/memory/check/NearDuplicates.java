package dev.homeport.memory.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds texts that share most of their phrases. Not thread-safe.
///
/// Texts are only compared if a part of their signatures is the same, and with at most `BANDS *
/// MOST_OF_BAND` others each, so the cost grows with the number of texts and not with its square.
/// Two texts that share 60 % of their phrases are missed once in 300 times, more similar ones
/// practically never.
final class NearDuplicates {
  /// The share of phrases from which on two texts are told.
  static final double THRESHOLD = 0.6;

  private static final int BANDS = 24;
  private static final int ROWS = 3;
  private static final int MOST_OF_BAND = 8;
  private static final int FEWEST_PHRASES = 8;

  private final Map<Long, List<Integer>> bands = new HashMap<>();
  private final List<Sketch> sketches = new ArrayList<>();
  private long comparisons;

  /// A text that is much like another one.
  ///
  /// @param index which of those that were added before, from 0
  /// @param similarity the share of common phrases
  record Match(int index, double similarity) {}

  /// Adds a text, and finds the one before it that is most like it. Texts of a few words are never
  /// alike.
  Optional<Match> add(Sketch sketch) {
    int index = sketches.size();
    sketches.add(sketch);
    if (sketch.size() < FEWEST_PHRASES) {
      return Optional.empty();
    }
    Set<Integer> candidates = new HashSet<>();
    long[] signature = signature(sketch);
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        key = Sketch.mix(key * 31 + signature[band * ROWS + row]);
      }
      List<Integer> members = bands.computeIfAbsent(key, _ -> new ArrayList<>());
      candidates.addAll(members);
      if (members.size() < MOST_OF_BAND) {
        members.add(index);
      }
    }
    return best(sketch, candidates);
  }

  private Optional<Match> best(Sketch sketch, Set<Integer> candidates) {
    Match best = null;
    for (int candidate : candidates.stream().sorted().toList()) {
      comparisons++;
      double similarity = sketch.similarity(sketches.get(candidate));
      if (similarity >= THRESHOLD && (best == null || similarity > best.similarity)) {
        best = new Match(candidate, similarity);
      }
    }
    return Optional.ofNullable(best);
  }

  /// The smallest phrase in each of several orders: texts agree in one as often as they share
  /// phrases.
  private static long[] signature(Sketch sketch) {
    long[] signature = new long[BANDS * ROWS];
    for (int i = 0; i < signature.length; i++) {
      long seed = Sketch.mix(i + 1L);
      signature[i] =
          sketch.hashes().map(hash -> Sketch.mix(hash ^ seed)).min().orElse(Long.MAX_VALUE);
    }
    return signature;
  }

  /// How many pairs were compared so far.
  long comparisons() {
    return comparisons;
  }
}
