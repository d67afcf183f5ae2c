package dev.homeport.skills.eval;

import dev.homeport.skills.SkillSearchOutcome;
import dev.homeport.skills.SkillSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How well search answered questions.
///
/// @param wanted how many questions want a skill
/// @param first for how many of them it came first
/// @param amongTen for how many it was among the first ten
/// @param silent for how many of them nothing was said to fit
/// @param unwanted how many questions do not want their skill
/// @param quiet for how many of those it did not come first as one that fits
/// @param misses the questions that went wrong
public record EvalReport(
    int wanted,
    int first,
    int amongTen,
    int silent,
    int unwanted,
    int quiet,
    List<EvalMiss> misses) {
  private static final int DEPTH = 10;

  /// Copies the list.
  public EvalReport {
    misses = List.copyOf(misses);
  }

  /// A question that went wrong.
  ///
  /// @param query the question
  /// @param found what came, best first
  /// @param fits whether that was said to fit
  public record EvalMiss(EvalQuery query, List<String> found, boolean fits) {
    /// Copies the list.
    public EvalMiss {
      found = List.copyOf(found);
    }
  }

  /// Asks all questions.
  public static EvalReport of(SkillSnapshot snapshot, List<EvalQuery> queries)
      throws InterruptedException {
    var counts = new int[6];
    var misses = new ArrayList<EvalMiss>();
    for (EvalQuery query : queries) {
      SkillSearchOutcome outcome = snapshot.search(query.text(), DEPTH);
      boolean fits = outcome instanceof SkillSearchOutcome.Hits;
      List<String> found = names(outcome).toList();
      boolean isFirst = !found.isEmpty() && found.getFirst().equals(query.skill());
      if (query.shouldTrigger()) {
        counts[0]++;
        counts[1] += isFirst ? 1 : 0;
        counts[2] += found.contains(query.skill()) ? 1 : 0;
        counts[3] += fits ? 0 : 1;
      } else {
        counts[4]++;
        counts[5] += isFirst && fits ? 0 : 1;
      }
      boolean isRight = query.shouldTrigger() ? isFirst && fits : !(isFirst && fits);
      if (!isRight) {
        misses.add(new EvalMiss(query, found, fits));
      }
    }
    return new EvalReport(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], misses);
  }

  private static Stream<String> names(SkillSearchOutcome outcome) {
    List<SkillSearchOutcome.Hit> hits =
        switch (outcome) {
          case SkillSearchOutcome.Hits(var all) -> all;
          case SkillSearchOutcome.NoneFits(var nearest) -> nearest;
        };
    return hits.stream().map(hit -> hit.skill().name().value());
  }
}
