package dev.homeport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.eval.EvalQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the quality of the search for skills over the small set in `benchmarks/skills`.
class SkillSearchQualityTest {
  @Test
  void findsTheSkillOfEachQuestionBetterThanPlainBm25() throws Exception {
    List<String> unwanted = Files.readAllLines(Path.of("skills/none.txt"));
    try (var catalog = SkillSearchBenchmark.open(Path.of("skills/tree"))) {
      List<EvalQuery> wanted = SkillSearchBenchmark.wanted(catalog);
      var snapshot = catalog.snapshot();
      var ours =
          SkillSearchBenchmark.measure(SkillSearchBenchmark.ours(snapshot), wanted, unwanted);
      var plain =
          SkillSearchBenchmark.measure(SkillSearchBenchmark.plain(snapshot), wanted, unwanted);

      assertThat(wanted).hasSizeGreaterThanOrEqualTo(35);
      assertThat(ours.hitAt1()).isGreaterThan(plain.hitAt1());
      assertThat(ours.area()).isGreaterThan(plain.area());
      assertThat(ours.recallAt10()).isGreaterThan(plain.recallAt10());
    }
  }
}
