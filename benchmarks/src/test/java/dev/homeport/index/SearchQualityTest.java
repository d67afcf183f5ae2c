package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds the quality of searches over the small corpus in `benchmarks/search`.
class SearchQualityTest {
  private static final Path CORPUS = Path.of("search");

  @Test
  void findsTheRightPlacesOfTheSmallCorpus() throws Exception {
    RankFigures figures = SearchBenchmark.measure(CORPUS, RankingPart.ALL);

    assertThat(figures.accuracy(1)).isGreaterThanOrEqualTo(0.75);
    assertThat(figures.accuracy(10)).isGreaterThanOrEqualTo(0.93);
    assertThat(figures.reciprocalRank()).isGreaterThanOrEqualTo(0.85);
    assertThat(figures.recall(5)).isGreaterThanOrEqualTo(0.92);
  }

  @Test
  void countsRanksAsTheyAreDefined() {
    var figures = new RankFigures();
    figures.add(java.util.List.of("a", "b", "c"), java.util.Set.of("b", "x"));

    assertThat(figures.accuracy(10)).isZero();
    assertThat(figures.reciprocalRank()).isEqualTo(0.5);
    assertThat(figures.recall(5)).isEqualTo(0.5);
  }
}
