package dev.homeport.skills.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalReportTest {
  @TempDir Path root;

  @Test
  void readsQuestionsInEveryFormInUse() throws Exception {
    skill("a", "[{\"question\": \"one\", \"expected_skill\": \"b\"}]");
    skill("b", "{\"skill_name\": \"b\", \"evals\": [{\"id\": 1, \"prompt\": \"two\"}]}");
    skill("c", "{\"skill\": \"c\", \"cases\": [{\"prompt\": \"three\\nlines\"}]}");
    skill("d", "[{\"query\": \"four\", \"should_trigger\": false}, {\"query\": \"five\"}]");
    skill("e", "[{\"question\": \"six\", \"expected_skill\": null}]");
    skill("f", "{broken");
    skill("g", "[{\"id\": 3}, \"text\", []]");

    assertThat(EvalQueries.of(catalog()))
        .containsExactly(
            new EvalQuery("one", "b", true),
            new EvalQuery("two", "b", true),
            new EvalQuery("three\nlines", "c", true),
            new EvalQuery("four", "d", false),
            new EvalQuery("five", "d", true),
            new EvalQuery("six", "e", false));
  }

  @Test
  void countsWhatSearchFinds() throws Exception {
    skill("tea", "Brews green tea.", "[]");
    skill("bread", "Bakes sourdough bread.", "[]");
    SkillCatalog catalog = catalog();

    EvalReport report =
        EvalReport.of(
            catalog.snapshot(),
            List.of(
                new EvalQuery("brew green tea", "tea", true),
                new EvalQuery("bake sourdough bread", "tea", true),
                new EvalQuery("orbit of a comet", "tea", true),
                new EvalQuery("bake sourdough bread", "tea", false),
                new EvalQuery("brew green tea", "tea", false)));

    assertThat(report.wanted()).isEqualTo(3);
    assertThat(report.first()).isEqualTo(1);
    assertThat(report.silent()).isEqualTo(1);
    assertThat(report.unwanted()).isEqualTo(2);
    assertThat(report.quiet()).isEqualTo(1);
    assertThat(report.misses())
        .extracting(miss -> miss.query().text())
        .containsExactly("bake sourdough bread", "orbit of a comet", "brew green tea");
  }

  private SkillCatalog catalog() {
    var config =
        new SkillsConfig(
            List.of(SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, root)), 1_000);
    return SkillCatalog.open(config, new SkillHost("linux", Map.of()));
  }

  private void skill(String name, String evals) throws IOException {
    skill(name, "Does " + name, evals);
  }

  private void skill(String name, String description, String evals) throws IOException {
    Path skill = root.resolve(name);
    Files.createDirectories(skill.resolve("evals"));
    Files.writeString(
        skill.resolve("SKILL.md"),
        "---\nname: %s\ndescription: %s\n---\nSteps.\n".formatted(name, description));
    Files.writeString(skill.resolve("evals/evals.json"), evals);
  }
}
