package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableRootTest {
  @TempDir Path temporary;
  SkillFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    fixture.user("tea", "brews tea");
  }

  @Test
  void saysNothingOfRootsThatDoNotExist() throws Exception {
    assertThat(fixture.catalog().snapshot().problems()).isEmpty();
  }

  @Test
  void tellsThatARootIsNoDirectory() throws Exception {
    Files.createDirectory(fixture.workspace.resolve(".claude"));
    Files.writeString(fixture.workspace.resolve(".claude/skills"), "x");

    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(snapshot.skills()).hasSize(1);
    assertThat(snapshot.unreadable())
        .containsExactly(
            new SkillProblem(
                Severity.WARNING,
                Kind.UNREADABLE,
                ".claude/skills",
                "it is no directory, so it holds no skills"));
  }

  @Test
  void tellsThatAFileStandsInTheWayToARoot() throws Exception {
    Files.writeString(fixture.workspace.resolve(".claude"), "x");

    assertThat(unreadable())
        .containsExactly(
            "WARNING UNREADABLE .claude/skills: .claude on the way there is no directory");
  }

  @Test
  void tellsThatLinksToARootLeadInACircle() throws Exception {
    Path claude = Files.createDirectory(fixture.workspace.resolve(".claude"));
    Files.createSymbolicLink(claude.resolve("skills"), Path.of("circle"));
    Files.createSymbolicLink(claude.resolve("circle"), Path.of("skills"));

    assertThat(unreadable())
        .singleElement()
        .asString()
        .startsWith("ERROR UNREADABLE .claude/skills: the file system failed to read it: ")
        .doesNotContain(temporary.toString());
  }

  @Test
  void tellsOfADirectoryThatWasConfiguredAndIsAFile() throws Exception {
    Path file = Files.writeString(temporary.resolve("skills.txt"), "x");
    SkillsConfig config =
        fixture.config().with(SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, file));

    assertThat(SkillFixture.catalog(config).snapshot().unreadable())
        .extracting(SkillProblem::place)
        .containsExactly("skills.txt");
  }

  @Test
  void noticesThatARootBecameReadable() throws Exception {
    SkillCatalog catalog = fixture.catalog();
    Path skills = fixture.workspace.resolve(".claude/skills");
    assertThat(catalog.snapshot().unreadable()).isEmpty();

    Files.createDirectory(fixture.workspace.resolve(".claude"));
    Files.writeString(skills, "x");
    assertThat(catalog.snapshot().unreadable()).hasSize(1);

    Files.delete(skills);
    fixture.project("coffee", "brews coffee");
    assertThat(catalog.snapshot().unreadable()).isEmpty();
    assertThat(catalog.snapshot().find("coffee")).isPresent();
  }

  private List<String> unreadable() throws InterruptedException {
    return fixture.catalog().snapshot().unreadable().stream().map(SkillProblem::toString).toList();
  }
}
