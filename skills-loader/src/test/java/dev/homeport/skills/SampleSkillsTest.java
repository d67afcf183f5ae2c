package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The skills of the sample workspace are what we show as good ones.
class SampleSkillsTest {
  private static final Path SAMPLE = Path.of("..", "samples", "workspace");
  @TempDir Path home;

  @Test
  void haveNoProblemAndKeepToTheBudgets() throws Exception {
    SkillSnapshot snapshot = catalog().snapshot();

    assertThat(snapshot.problems()).isEmpty();
    assertThat(snapshot.skills())
        .hasSize(3)
        .allMatch(skill -> skill.name().isPublishable())
        .allMatch(skill -> skill.body().lines().count() < 500);
  }

  @Test
  void bringEveryFileThatTheySpeakOf() throws Exception {
    for (Skill skill : catalog().snapshot().skills()) {
      var loaded = (SkillLoadOutcome.Loaded) catalog().load(skill.name().value(), "", Map.of());

      List<String> files = loaded.resources().stream().map(SkillResource::path).toList();
      assertThat(files).hasSize(2).allMatch(file -> skill.body().contains(file));
      assertThat(loaded.text()).doesNotContain("${");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invoice totals are wrong since yesterday, debug-from-logs",
    "find the cause of the mismatches in the logs, debug-from-logs",
    "find the cause of a wrong result from the logs of a service, debug-from-logs",
    "fix the rounding bug with a failing test, python-fix-and-verify",
    "a python test fails, python-fix-and-verify",
    "write the release notes, release-notes",
    "tell accounting about the corrected invoices, release-notes",
  })
  void areFoundForTheirTasks(String task, String name) throws Exception {
    assertThat(catalog().snapshot().search(task, 3))
        .isInstanceOfSatisfying(
            SkillSearchOutcome.Hits.class,
            hits -> assertThat(hits.hits().getFirst().skill().name()).hasToString(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"set up a database", "translate a poem", "draw a logo"})
  void areNotOfferedForOtherTasks(String task) throws Exception {
    assertThat(catalog().snapshot().search(task, 3))
        .isInstanceOf(SkillSearchOutcome.NoneFits.class);
  }

  private SkillCatalog catalog() {
    return SkillFixture.catalog(SkillsConfig.standard(SAMPLE, home));
  }
}
