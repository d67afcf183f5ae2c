package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillReloadTest {
  @TempDir Path temporary;
  SkillFixture fixture;
  SkillCatalog catalog;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    catalog = fixture.catalog();
  }

  @Test
  void keepsTheSnapshotWhileNothingChanges() throws Exception {
    fixture.project("a", "one");
    SkillSnapshot first = catalog.snapshot();

    assertThat(catalog.snapshot()).isSameAs(first);
  }

  @Test
  void seesEditsOfTheSameLengthMadeAtOnce() throws Exception {
    fixture.project("a", "one");
    catalog.snapshot();
    fixture.project("a", "two");

    assertThat(description("a")).isEqualTo("two");
  }

  @Test
  void leavesOldSnapshotsAsTheyWere() throws Exception {
    fixture.project("a", "one");
    SkillSnapshot old = catalog.snapshot();
    fixture.project("a", "another one");

    assertThat(description("a")).isEqualTo("another one");
    assertThat(old.find("a").orElseThrow().description()).isEqualTo("one");
  }

  @Test
  void seesNewAndDeletedSkillsAndRoots() throws Exception {
    assertThat(catalog.snapshot().skills()).isEmpty();

    Path a = fixture.project("a", "one");
    fixture.user("b", "two");
    assertThat(SkillCatalogTest.names(catalog.snapshot())).containsExactly("b", "a");

    Files.delete(a.resolve("SKILL.md"));
    assertThat(SkillCatalogTest.names(catalog.snapshot())).containsExactly("b");
  }

  @Test
  void uncoversAShadowedSkillWhenTheFirstIsDeleted() throws Exception {
    fixture.project("a", "of the project");
    Path user = fixture.user("a", "of the user");
    assertThat(description("a")).isEqualTo("of the user");

    Files.delete(user.resolve("SKILL.md"));

    assertThat(description("a")).isEqualTo("of the project");
    assertThat(catalog.snapshot().problems()).isEmpty();
  }

  @Test
  void keepsTheLastGoodVersionUntilABrokenEditIsMended() throws Exception {
    Path a = fixture.project("a", "good");
    catalog.snapshot();

    Files.writeString(a.resolve("SKILL.md"), "---\n[broken\n---\nBody of prose.\n");
    assertThat(description("a")).isEqualTo("good");
    assertThat(catalog.snapshot().problems())
        .extracting(SkillProblem::kind)
        .contains(Kind.YAML_UNREADABLE, Kind.BROKEN_EDIT);

    Files.writeString(a.resolve("SKILL.md"), "");
    assertThat(description("a")).isEqualTo("good");

    fixture.project("a", "mended");
    assertThat(description("a")).isEqualTo("mended");
    assertThat(catalog.snapshot().problems()).isEmpty();
  }

  @Test
  void readsOnlyWhatChanged() throws Exception {
    Path a = fixture.project("a", "one");
    Path b = fixture.project("b", "two");
    var past = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(a.resolve("SKILL.md"), past);
    Files.setLastModifiedTime(b.resolve("SKILL.md"), past);
    SkillSnapshot first = catalog.snapshot();

    fixture.project("b", "other");
    SkillSnapshot second = catalog.snapshot();

    assertThat(second.find("a").orElseThrow()).isSameAs(first.find("a").orElseThrow());
    assertThat(second.find("b").orElseThrow().description()).isEqualTo("other");
  }

  @Test
  void servesManyCallersAtOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      fixture.project("s" + i, "number " + i);
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> call = () -> catalog.snapshot().skills().size();
      for (var future : executor.invokeAll(Stream.generate(() -> call).limit(20).toList())) {
        assertThat(future.get()).isEqualTo(50);
      }
    }
  }

  /// A `git pull` changes many skills while they are being read.
  @Test
  void readsOnWhileSkillsComeAndGo() throws Exception {
    fixture.project("stable", "always there");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer =
          executor.submit(() -> {
            for (int i = 0; i < 300; i++) {
              Path skill = fixture.project("s" + i % 7, "number " + i);
              if (i % 2 == 0) {
                Files.delete(skill.resolve("SKILL.md"));
                Files.delete(skill);
              }
            }
            return null;
          });
      while (!writer.isDone()) {
        assertThat(catalog.snapshot().find("stable")).isPresent();
      }
      writer.get();
    }

    assertThat(catalog.snapshot().find("s6").orElseThrow().description()).isEqualTo("number 293");
  }

  private String description(String name) throws Exception {
    return catalog.snapshot().find(name).orElseThrow().description();
  }
}
