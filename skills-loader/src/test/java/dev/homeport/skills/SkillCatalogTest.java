package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeport.skills.SkillProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillCatalogTest {
  @TempDir Path temporary;
  SkillFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
  }

  @Test
  void findsNothingWithoutRoots() throws Exception {
    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(snapshot.skills()).isEmpty();
    assertThat(snapshot.problems()).isEmpty();
  }

  @Test
  void findsSkillsInEveryStandardRoot() throws Exception {
    fixture.project("a", "one");
    SkillFixture.write(fixture.workspace.resolve(".agents/skills/b"), "two");
    fixture.user("c", "three");
    SkillFixture.write(fixture.home.resolve(".agents/skills/d"), "four");
    SkillFixture.write(fixture.home.resolve(".homeport/skills/e"), "five");

    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(shown(snapshot))
        .containsExactly(
            "~/.claude/skills/c",
            "~/.agents/skills/d",
            "~/.homeport/skills/e",
            ".claude/skills/a",
            ".agents/skills/b");
    assertThat(snapshot.problems()).isEmpty();
  }

  @Test
  void findsGroupedAndNestedSkills() throws Exception {
    fixture.project("group/deeper/a", "one");
    fixture.project("b", "two");
    fixture.project("b/nested", "three");
    fixture.project("1/2/3/4/5/deep", "four");
    fixture.project("1/2/3/4/5/6/too-deep", "five");

    assertThat(names(fixture.catalog().snapshot())).containsExactly("b", "nested", "a", "deep");
  }

  @Test
  void takesMaterialOfASkillForNoSkill() throws Exception {
    fixture.project("a", "one");
    fixture.project("a/assets/template", "two");
    fixture.project("a/scripts/x", "three");
    fixture.project(".git/hooks", "four");
    fixture.project("node_modules/package/skill", "five");

    assertThat(names(fixture.catalog().snapshot())).containsExactly("a");
  }

  @Test
  void prefersTheFileNameInCapitals() throws Exception {
    Path both = fixture.project("both", "capitals");
    Files.writeString(both.resolve("skill.md"), "---\nname: both\ndescription: small\n---\nx\n");
    Path small = Files.createDirectories(fixture.workspace.resolve(".claude/skills/small"));
    Files.writeString(small.resolve("skill.md"), "---\nname: small\ndescription: s\n---\nx\n");

    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(names(snapshot)).containsExactly("both", "small");
    assertThat(snapshot.find("both").orElseThrow().description()).isEqualTo("capitals");
  }

  @Test
  void servesTheSkillOfTheHigherScopeAndReportsTheOther() throws Exception {
    fixture.project("deploy", "of the project");
    fixture.user("deploy", "of the user");
    Path managed = temporary.resolve("managed");
    SkillFixture.write(managed.resolve("deploy"), "of the firm");
    var root = SkillsConfig.Root.directory(SkillsConfig.Scope.MANAGED, managed);

    SkillSnapshot snapshot = SkillFixture.catalog(fixture.config().with(root)).snapshot();

    assertThat(snapshot.find("Deploy").orElseThrow().description()).isEqualTo("of the firm");
    assertThat(snapshot.problems())
        .extracting(SkillProblem::kind, SkillProblem::place)
        .containsExactly(
            tuple(Kind.SHADOWED, "~/.claude/skills/deploy"),
            tuple(Kind.SHADOWED, ".claude/skills/deploy"));
  }

  @Test
  void servesTheShallowerOfTwoInOneRoot() throws Exception {
    fixture.project("a/same", "deep");
    fixture.project("same", "shallow");

    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(snapshot.find("same").orElseThrow().description()).isEqualTo("shallow");
    assertThat(snapshot.problems()).extracting(SkillProblem::kind).containsExactly(Kind.SHADOWED);
  }

  @Test
  void oneBadSkillCostsNoOther() throws Exception {
    fixture.project("good", "fine");
    Path bad = Files.createDirectories(fixture.workspace.resolve(".claude/skills/bad"));
    Files.write(bad.resolve("SKILL.md"), new byte[2 << 20]);
    Path empty = Files.createDirectories(fixture.workspace.resolve(".claude/skills/empty"));
    Files.write(empty.resolve("SKILL.md"), new byte[0]);
    Files.createDirectories(fixture.workspace.resolve(".claude/skills/directory/SKILL.md"));

    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(names(snapshot)).containsExactly("good");
    assertThat(snapshot.problems()).filteredOn(SkillProblem::isError).isNotEmpty();
    assertThat(snapshot.problems()).allMatch(problem -> !problem.place().startsWith("/"));
  }

  @Test
  void readsNoMoreDirectoriesThanAllowed() throws Exception {
    for (int i = 0; i < 20; i++) {
      fixture.project("s" + i, "d");
    }
    var config = new SkillsConfig(fixture.config().roots(), 10);

    SkillSnapshot snapshot = SkillFixture.catalog(config).snapshot();

    assertThat(snapshot.skills()).hasSize(9);
    assertThat(snapshot.problems()).extracting(SkillProblem::kind).containsExactly(Kind.LIMIT);
  }

  @Test
  void offersTheNearestNames() throws Exception {
    fixture.project("debug-from-logs", "one");
    fixture.project("release-notes", "two");
    fixture.project("python-fix", "three");
    SkillSnapshot snapshot = fixture.catalog().snapshot();

    assertThat(snapshot.nearest("debug", 1)).containsExactly(new SkillName("debug-from-logs"));
    assertThat(snapshot.nearest("pyton-fix", 1)).containsExactly(new SkillName("python-fix"));
    assertThat(snapshot.nearest("", 2)).hasSize(2);
  }

  @Nested
  class Links {
    @Test
    void doNotLeadOut() throws Exception {
      Path outside = SkillFixture.write(temporary.resolve("outside/evil"), "secret");
      fixture.project("good", "fine");
      Path root = fixture.workspace.resolve(".claude/skills");
      Files.createSymbolicLink(root.resolve("evil"), outside);
      Path file = Files.createDirectories(root.resolve("file"));
      Files.createSymbolicLink(file.resolve("SKILL.md"), outside.resolve("SKILL.md"));

      SkillSnapshot snapshot = fixture.catalog().snapshot();

      assertThat(names(snapshot)).containsExactly("good");
      assertThat(snapshot.problems())
          .extracting(SkillProblem::kind, SkillProblem::place)
          .containsExactlyInAnyOrder(
              tuple(Kind.LINK, ".claude/skills/evil"),
              tuple(Kind.LINK, ".claude/skills/file/SKILL.md"));
    }

    @Test
    void ofARootOfTheProjectDoNotLeadOut() throws Exception {
      Path outside = SkillFixture.write(temporary.resolve("outside/evil"), "secret").getParent();
      Files.createDirectory(fixture.workspace.resolve(".claude"));
      Files.createSymbolicLink(fixture.workspace.resolve(".claude/skills"), outside);

      SkillSnapshot snapshot = fixture.catalog().snapshot();

      assertThat(snapshot.skills()).isEmpty();
      assertThat(snapshot.problems()).extracting(SkillProblem::kind).containsExactly(Kind.LINK);
    }

    @Test
    void mayMakeARootOfAnotherDirectoryOfTheProject() throws Exception {
      SkillFixture.write(fixture.workspace.resolve("shared/a"), "one");
      Files.createDirectory(fixture.workspace.resolve(".claude"));
      Files.createSymbolicLink(fixture.workspace.resolve(".claude/skills"), Path.of("../shared"));
      Files.createDirectory(fixture.workspace.resolve(".agents"));
      Files.createSymbolicLink(fixture.workspace.resolve(".agents/skills"), Path.of("../shared"));

      assertThat(shown(fixture.catalog().snapshot())).containsExactly("shared/a");
    }

    @Test
    void betweenRootsLoadTheSkillOnce() throws Exception {
      Path skill = SkillFixture.write(fixture.workspace.resolve(".agents/skills/a"), "one");
      Path root = Files.createDirectories(fixture.workspace.resolve(".claude/skills"));
      Files.createSymbolicLink(root.resolve("a"), root.relativize(skill));

      SkillSnapshot snapshot = fixture.catalog().snapshot();

      assertThat(shown(snapshot)).containsExactly(".agents/skills/a");
      assertThat(snapshot.problems()).isEmpty();
    }

    @Test
    void toTheFileInsideTheRootAreFollowed() throws Exception {
      Path root = Files.createDirectories(fixture.workspace.resolve(".claude/skills"));
      Path text = Files.createDirectories(root.resolve("texts")).resolve("a.md");
      Files.writeString(text, "---\nname: a\ndescription: linked\n---\nBody\n");
      Path skill = Files.createDirectories(root.resolve("a"));
      Files.createSymbolicLink(skill.resolve("SKILL.md"), Path.of("../texts/a.md"));

      SkillSnapshot snapshot = fixture.catalog().snapshot();

      assertThat(snapshot.find("a").orElseThrow().description()).isEqualTo("linked");
      assertThat(snapshot.problems()).isEmpty();
    }

    @Test
    void inCirclesAreSurvived() throws Exception {
      fixture.project("good", "fine");
      Path root = fixture.workspace.resolve(".claude/skills");
      Files.createSymbolicLink(root.resolve("up"), root);
      Files.createSymbolicLink(root.resolve("good/self"), Path.of("."));
      Files.createSymbolicLink(root.resolve("one"), Path.of("two"));
      Files.createSymbolicLink(root.resolve("two"), Path.of("one"));

      SkillSnapshot snapshot = fixture.catalog().snapshot();

      assertThat(names(snapshot)).containsExactly("good");
      assertThat(snapshot.problems()).hasSize(2).allMatch(problem -> problem.kind() == Kind.LINK);
    }
  }

  static List<String> names(SkillSnapshot snapshot) {
    return snapshot.skills().stream().map(skill -> skill.name().value()).toList();
  }

  private static List<String> shown(SkillSnapshot snapshot) {
    return snapshot.skills().stream().map(skill -> skill.location().shown()).toList();
  }
}
