package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The field `paths`, which says for which files a skill is.
class SkillPathsTest {
  @TempDir private Path temporary = Path.of("");
  private List<Skill> skills = List.of();

  @BeforeEach
  void load() throws IOException, InterruptedException {
    var fixture = new SkillFixture(temporary);
    fixture.raw("all", "---\nname: all\ndescription: For any.\n---\nB\n");
    fixture.raw(
        "pages",
        "---\nname: pages\ndescription: For pages.\npaths: src/**/*.{ts,tsx}, docs/\n---\nB\n");
    fixture.raw("rest", "---\nname: rest\ndescription: For rest.\npaths: [\"**/*.md\"]\n---\nB\n");
    try (SkillCatalog catalog = fixture.catalog()) {
      skills = catalog.snapshot().offered();
    }
  }

  @Test
  void saysForWhichFilesASkillIs() throws IOException {
    assertThat(suiting("src/a/b.tsx")).containsExactly("all", "pages");
    assertThat(suiting("src/b.ts")).containsExactly("all", "pages");
    assertThat(suiting("docs/deep/a.md")).containsExactly("all", "pages", "rest");
    assertThat(suiting("Main.java")).containsExactly("all");
  }

  @Test
  void listsWhatIsForTheFileFirstAndLeavesOutWhatIsForOthers() throws IOException {
    assertThat(SkillListing.suiting(Optional.of(WorkspacePath.parse("a.md")), skills))
        .extracting(skill -> skill.name().value())
        .containsExactly("rest", "all");
    assertThat(SkillListing.suiting(Optional.empty(), skills))
        .extracting(skill -> skill.name().value())
        .containsExactly("all", "pages", "rest");
  }

  private List<String> suiting(String file) throws IOException {
    WorkspacePath path = WorkspacePath.parse(file);
    return skills.stream()
        .filter(skill -> skill.metadata().suits(path))
        .map(skill -> skill.name().value())
        .toList();
  }
}
