package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillWatchTest {
  private static final long LIMIT_SECONDS = 30;

  /// Longer than changes are collected before they are told.
  private static final long QUIET_MILLIS = 300;

  record Change(SkillSnapshot before, SkillSnapshot after) {}

  @TempDir Path temporary;
  SkillFixture fixture;
  SkillCatalog catalog;
  final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    fixture.project("first", "there from the start");
    catalog = fixture.catalog();
  }

  @AfterEach
  void tearDown() {
    catalog.close();
  }

  @Test
  void tellsOfEditsNewSkillsAndDeletions() throws Exception {
    watch();

    fixture.project("first", "changed");
    assertThat(next("first").find("first").orElseThrow().description()).isEqualTo("changed");

    Path second = fixture.project("group/deep/second", "new");
    await("second", true);

    Files.delete(second.resolve("SKILL.md"));
    await("second", false);
  }

  @Test
  void seesARootThatComesLater() throws Exception {
    watch();

    fixture.user("third", "of the user");

    await("third", true);
  }

  @Test
  void seesWhatIsWrittenIntoADirectoryThatWasReplaced() throws Exception {
    Path other = SkillFixture.write(temporary.resolve("elsewhere/first"), "moved in");
    watch();

    Path first = fixture.workspace.resolve(".claude/skills/first");
    Files.move(first, temporary.resolve("away"));
    Files.move(other, first, StandardCopyOption.ATOMIC_MOVE);
    awaitDescription("moved in");
    fixture.project("first", "edited there");

    awaitDescription("edited there");
  }

  @Test
  void tellsNothingWhenAFileIsOnlyTouched() throws Exception {
    watch();

    Path file = fixture.workspace.resolve(".claude/skills/first/SKILL.md");
    Files.writeString(file, Files.readString(file));
    fixture.project("second", "to know when");

    await("second", true);
    assertThat(changes).isEmpty();
  }

  @Test
  void leavesUntouchedSkillsTheSameObjects() throws Exception {
    fixture.project("second", "another");
    watch();

    fixture.project("second", "changed");
    Change change = changes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);

    assertThat(change).isNotNull();
    assertThat(change.after().find("first").orElseThrow())
        .isSameAs(change.before().find("first").orElseThrow());
  }

  /// Waits until changes are followed: a skill made for it is told of.
  private void watch() throws Exception {
    catalog.watch((before, after) -> changes.add(new Change(before, after)));
    fixture.project("signal", "made for the start");
    SkillSnapshot seen = catalog.snapshot();
    while (seen.find("signal").isEmpty()) {
      seen = catalog.snapshot();
    }
    while (changes.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) != null) {
      seen = catalog.snapshot();
    }
  }

  private SkillSnapshot next(String name) throws InterruptedException {
    Change change = changes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(change).as(name).isNotNull();
    return change.after();
  }

  private void await(String name, boolean present) throws InterruptedException {
    SkillSnapshot seen = next(name);
    while (seen.find(name).isPresent() != present) {
      seen = next(name);
    }
  }

  private void awaitDescription(String description) throws InterruptedException {
    SkillSnapshot seen = next(description);
    while (!seen.find("first").map(Skill::description).orElse("").equals(description)) {
      seen = next(description);
    }
  }
}
