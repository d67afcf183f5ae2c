package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillProblem.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
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

class SkillCacheTest {
  private static final FileTime PAST = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path temporary;
  SkillFixture fixture;
  Path cache;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    cache = temporary.resolve("cache");
  }

  @Test
  void givesBackEverythingThatWasParsed() throws Exception {
    Path rich = fixture.project("rich", "x");
    write(
        rich,
        """
        ---
        name: Rich Skill
        description: Does things.
        when_to_use: on rainy days
        compatibility: needs rain
        allowed-tools: Bash(git *), Read
        paths: "src/**/*.{ts,tsx}, docs"
        arguments: [first, second]
        argument-hint: "[first] [second]"
        disable-model-invocation: yes
        user-invocable: false
        metadata: {openclaw: {os: [linux], requires: {bins: [a], anyBins: [b], env: [C]}}}
        ---
        Body with $first.
        """);
    fixture.user("plain", "something plain");
    settle();

    SkillSnapshot first = throughCache();
    SkillSnapshot second = throughCache();

    assertThat(second.problems()).isEqualTo(first.problems()).isNotEmpty();
    for (int i = 0; i < 2; i++) {
      Skill before = first.skills().get(i);
      Skill after = second.skills().get(i);
      assertThat(after).usingRecursiveComparison().ignoringFields("source").isEqualTo(before);
      assertThat(after.body()).isEqualTo(before.body());
      assertThat(after.frontmatter()).isEqualTo(before.frontmatter());
    }
    assertThat(second.find("rich-skill").orElseThrow().metadata().paths())
        .containsExactly("src/**/*.{ts,tsx}", "docs");
  }

  @Test
  void removesImagesOfRootsThatNobodyUsesAnyMore() throws Exception {
    fixture.project("tea", "brews tea");
    settle();
    Path unused = aged("0123456789abcdef.catalog", 61);
    Path leftOver = aged("catalog12345.tmp", 61);
    Path other = aged("fedcba9876543210.catalog", 59);

    throughCache();

    assertThat(unused).doesNotExist();
    assertThat(leftOver).doesNotExist();
    assertThat(other).exists();
    assertThat(images()).hasSize(2);
  }

  @Test
  void keepsAnImageThatIsReadThoughNothingChanges() throws Exception {
    fixture.project("tea", "brews tea");
    settle();
    throughCache();
    Path image = images().getFirst();
    Files.setLastModifiedTime(image, FileTime.from(Instant.now().minus(Duration.ofDays(59))));

    throughCache();

    assertThat(Files.getLastModifiedTime(image).toInstant())
        .isAfter(Instant.now().minus(Duration.ofDays(1)));
  }

  private List<Path> images() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  private Path aged(String name, int days) throws IOException {
    Path file = Files.createFile(Files.createDirectories(cache).resolve(name));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    return file;
  }

  @Test
  void findsTheSameAfterwards() throws Exception {
    for (int i = 0; i < 40; i++) {
      fixture.project("skill-" + i, "brews tea of sort number" + i);
    }
    settle();
    SkillSearchOutcome before = throughCache().search("tea of number17", 3);

    SkillSearchOutcome after = throughCache().search("tea of number17", 3);

    assertThat(hits(after)).isEqualTo(hits(before)).startsWith("skill-17");
  }

  @Test
  void doesNotReadWhatDidNotChange() throws Exception {
    Path skill = fixture.project("a", "the old text");
    settle();
    throughCache();
    // Same size, same time: only one who reads the file sees the difference.
    write(skill, Files.readString(skill.resolve("SKILL.md")).replace("old", "new"));

    assertThat(throughCache().find("a").orElseThrow().description()).isEqualTo("the old text");
  }

  @Test
  void seesWhatChangedInBetween() throws Exception {
    Path changed = fixture.project("changed", "before");
    Path gone = fixture.project("gone", "to be deleted");
    settle();
    throughCache();
    fixture.project("changed", "after it");
    Files.delete(gone.resolve("SKILL.md"));
    fixture.project("new", "just made");

    SkillSnapshot snapshot = throughCache();

    assertThat(SkillCatalogTest.names(snapshot)).containsExactly("changed", "new");
    assertThat(snapshot.find("changed").orElseThrow().description()).isEqualTo("after it");
    assertThat(hits(snapshot.search("just made", 5))).isEqualTo("new");
    assertThat(changed).exists();
  }

  @Test
  void keepsTheLastGoodVersionOverARestart() throws Exception {
    Path skill = fixture.project("a", "good");
    settle();
    throughCache();
    Files.writeString(skill.resolve("SKILL.md"), "---\n[broken\n---\nBody of prose.\n");

    for (int start = 0; start < 2; start++) {
      SkillSnapshot snapshot = throughCache();
      assertThat(snapshot.find("a").orElseThrow().description()).isEqualTo("good");
      assertThat(snapshot.find("a").orElseThrow().body()).isEqualTo("Do good\n");
      assertThat(snapshot.problems()).extracting(SkillProblem::kind).contains(Kind.BROKEN_EDIT);
    }
  }

  @Test
  void isMadeAnewWhenItIsDamagedOrGone() throws Exception {
    fixture.project("a", "one");
    settle();
    throughCache();
    Path file = onlyFile();
    for (long at : new long[] {0, 60, Files.size(file) - 1}) {
      try (var damaged = new RandomAccessFile(file.toFile(), "rw")) {
        damaged.seek(at);
        damaged.write('X');
        damaged.setLength(at == 60 ? damaged.length() : damaged.length() - 1);
      }
      assertThat(throughCache().find("a").orElseThrow().body()).isEqualTo("Do one\n");
      Files.deleteIfExists(file);
      throughCache();
    }
    assertThat(onlyFile()).isEqualTo(file);
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    fixture.project("a", "one");
    throughCache();

    assertThat(Files.getPosixFilePermissions(onlyFile()))
        .allMatch(p -> p.name().startsWith("OWNER"));
  }

  @Test
  void costsNothingWhereItCannotBeWritten() throws Exception {
    fixture.project("a", "one");
    cache = Files.writeString(temporary.resolve("file"), "no directory").resolve("cache");

    assertThat(throughCache().find("a")).isPresent();
  }

  private SkillSnapshot throughCache() throws InterruptedException {
    try (var catalog =
        SkillCatalog.open(fixture.config(), new SkillHost("linux", Map.of()), cache)) {
      return catalog.snapshot();
    }
  }

  private static String hits(SkillSearchOutcome outcome) {
    return outcome instanceof SkillSearchOutcome.Hits(var hits)
        ? hits.getFirst().skill().name().value()
        : "";
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(cache)) {
      return files.toList().getFirst();
    }
  }

  private static void write(Path skill, String text) throws IOException {
    Files.writeString(skill.resolve("SKILL.md"), text);
    Files.setLastModifiedTime(skill.resolve("SKILL.md"), PAST);
  }

  /// Gives every file and directory a time in the past, so that nothing may still be changing.
  private void settle() throws IOException {
    try (var all = Files.walk(temporary)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, PAST);
      }
    }
  }
}
