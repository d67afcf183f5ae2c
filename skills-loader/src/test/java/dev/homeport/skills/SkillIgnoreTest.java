package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Directories that git ignores.
class SkillIgnoreTest {
  @TempDir private Path temporary = Path.of("");
  private SkillFixture fixture;

  @BeforeEach
  void write() throws IOException {
    fixture = new SkillFixture(temporary);
    Files.createDirectories(fixture.workspace.resolve(".git/info"));
    fixture.project("tea", "Brews tea.");
    fixture.project("dist/copy", "Built.");
    fixture.project("group/target/made", "Built.");
  }

  @Test
  void doesNotLookIntoWhatGitIgnoresAndSaysSo() throws IOException, InterruptedException {
    ignore(".gitignore", "dist/\n");
    ignore(".claude/skills/.gitignore", "target\n");

    try (SkillCatalog catalog = fixture.catalog()) {
      assertThat(names(catalog)).containsExactly("tea");
      assertThat(catalog.snapshot().problems())
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(SkillProblem.Kind.IGNORED);
            assertThat(problem.message())
                .contains("2 directories", ".claude/skills/dist", ".claude/skills/group/target");
          });
    }
  }

  @Test
  void followsChangesOfTheRules() throws IOException, InterruptedException {
    try (SkillCatalog catalog = fixture.catalog()) {
      catalog.watch((_, _) -> {});
      assertThat(names(catalog)).containsExactlyInAnyOrder("tea", "copy", "made");

      ignore(".git/info/exclude", "/.claude/skills/dist\n");
      assertThat(names(catalog)).containsExactlyInAnyOrder("tea", "made");

      ignore(".gitignore", "*\n!.claude\n!.claude/**\n");
      assertThat(names(catalog)).containsExactlyInAnyOrder("tea", "copy", "made");
    }
  }

  @Test
  void keepsSkillsThatGitIgnoresAllTogether() throws IOException, InterruptedException {
    ignore(".gitignore", ".claude/\ndist/\n");

    try (SkillCatalog catalog = fixture.catalog()) {
      assertThat(names(catalog)).containsExactlyInAnyOrder("tea", "copy", "made");
    }
  }

  @Test
  void leavesRulesAloneWhereThereIsNoRepository() throws IOException, InterruptedException {
    ignore(".gitignore", "dist/\n");
    Files.delete(fixture.workspace.resolve(".git/info"));
    Files.delete(fixture.workspace.resolve(".git"));
    Files.createDirectories(fixture.home.resolve(".git"));
    Files.writeString(fixture.home.resolve(".gitignore"), "*\n");
    fixture.user("own", "Of the user.");

    try (SkillCatalog catalog = fixture.catalog()) {
      assertThat(names(catalog)).containsExactlyInAnyOrder("own", "tea", "copy", "made");
    }
  }

  private void ignore(String path, String rules) throws IOException {
    Path file = fixture.workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, rules);
  }

  private static List<String> names(SkillCatalog catalog) throws InterruptedException {
    return catalog.snapshot().skills().stream().map(skill -> skill.name().value()).toList();
  }
}
