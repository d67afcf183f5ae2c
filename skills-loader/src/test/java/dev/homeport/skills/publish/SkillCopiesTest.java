package dev.homeport.skills.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillCopiesTest {
  @TempDir private Path temporary = Path.of("");
  private Path skill = Path.of("");
  private SkillCopies copies = new SkillCopies(Path.of(""));

  @BeforeEach
  void write() throws IOException {
    skill = temporary.resolve("skills/tea");
    Files.createDirectories(skill.resolve("scripts"));
    Files.writeString(
        skill.resolve("SKILL.md"), "---\nname: tea\ndescription: Brews.\n---\nSteps.\n");
    copies = new SkillCopies(temporary.resolve("copies"));
  }

  @Test
  void copiesTheFilesOfASkillOnce() throws IOException, InterruptedException {
    Files.writeString(skill.resolve("scripts/brew.sh"), "echo brewed\n");
    Files.createSymbolicLink(skill.resolve("way"), Path.of("/etc/passwd"));

    String name = copies.copy(tea()).orElseThrow();
    Path copy = temporary.resolve("copies").resolve(name);

    assertThat(name).matches("tea-[0-9a-f]{12}");
    assertThat(copy.resolve("scripts/brew.sh")).hasContent("echo brewed\n").isExecutable();
    assertThat(copy.resolve("SKILL.md")).content().contains("Steps.");
    assertThat(copy.resolve("way")).doesNotExist();
    assertThat(new SkillCopies(temporary.resolve("copies")).copy(tea())).contains(name);
    try (Stream<Path> all = Files.list(temporary.resolve("copies"))) {
      assertThat(all).containsExactly(copy);
    }

    Files.writeString(skill.resolve("scripts/brew.sh"), "echo boiled\n");

    assertThat(copies.copy(tea()).orElseThrow()).isNotEqualTo(name);
    assertThat(copy.resolve("scripts/brew.sh")).hasContent("echo brewed\n");
  }

  @Test
  void deletesCopiesThatAreAMonthOld() throws IOException, InterruptedException {
    Files.writeString(skill.resolve("a.md"), "one");
    Path old = temporary.resolve("copies").resolve(copies.copy(tea()).orElseThrow());
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
    Path other = Files.createDirectories(temporary.resolve("copies/tea-pot-0123456789ab"));
    Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));

    Files.writeString(skill.resolve("a.md"), "two");
    copies.copy(tea());

    assertThat(old).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void copiesNothingOfASkillWithoutFiles() throws IOException, InterruptedException {
    assertThat(copies.copy(tea())).isEmpty();
    assertThat(temporary.resolve("copies")).doesNotExist();
  }

  @Test
  void copiesNothingOfASkillThatIsTooLarge() throws IOException, InterruptedException {
    for (int i = 0; i < SkillPublisher.MOST_FILES; i++) {
      Files.writeString(skill.resolve("f" + i), "");
    }

    assertThat(copies.copy(tea())).isEmpty();
  }

  private Skill tea() throws InterruptedException {
    var root = SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, temporary.resolve("skills"));
    try (var catalog =
        SkillCatalog.open(new SkillsConfig(List.of(root), 100), new SkillHost("linux", Map.of()))) {
      return catalog.snapshot().find("tea").orElseThrow();
    }
  }
}
