package dev.homeport.skills.regression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bugs that other loaders of skills had and fixed, one test each, after the change log of Claude
/// Code and the issues of its kind. What sessions do with a skill is in `SkillToolsTest`.
class FixedBugsTest {
  @TempDir Path temporary;
  Path root;
  SkillCatalog catalog;

  @BeforeEach
  void setUp() throws IOException {
    root = Files.createDirectories(temporary.resolve("workspace/.claude/skills"));
    var config = SkillsConfig.standard(temporary.resolve("workspace"), temporary.resolve("home"));
    catalog =
        SkillCatalog.open(config, new SkillHost("linux", Map.of()), temporary.resolve("cache"));
  }

  @AfterEach
  void tearDown() {
    catalog.close();
  }

  @Test
  void aByteOrderMarkHidesNoMetadata() throws Exception {
    write("s", "\uFEFF---\nname: s\ndescription: seen\n---\nB\n");

    assertThat(only().description()).isEqualTo("seen");
  }

  @Test
  void aColonInADescriptionCostsNothing() throws Exception {
    write("s", "---\nname: s\ndescription: Use it: always\nargument-hint: x\n---\nB\n");

    assertThat(only().description()).isEqualTo("Use it: always");
    assertThat(only().metadata().invocation().hint()).contains("x");
  }

  @Test
  void aNumberIsAName() throws Exception {
    write("3000", "---\nname: 3000\ndescription: d\n---\nB\n");

    assertThat(only().name()).hasToString("3000");
  }

  @Test
  void aListIsADescription() throws Exception {
    write("s", "---\nname: s\ndescription: [one, two]\n---\nB\n");

    assertThat(only().description()).isEqualTo("one; two");
  }

  @Test
  void aListIsAnArgumentHint() throws Exception {
    write("s", "---\nname: s\ndescription: d\nargument-hint: [file, mode]\n---\nB\n");

    assertThat(only().metadata().invocation().hint()).contains("[file, mode]");
  }

  @Test
  void circlesOfLinksEnd() throws Exception {
    Path skill = write("s", "---\nname: s\ndescription: d\n---\nB\n");
    Files.createSymbolicLink(skill.resolve("again"), skill);
    Files.createSymbolicLink(root.resolve("up"), root.getParent());
    Files.createSymbolicLink(root.resolve("self"), Path.of("self"));

    assertThat(only().name()).hasToString("s");
  }

  @Test
  void whatPackagesBringAlongIsNoSkill() throws Exception {
    write("s", "---\nname: s\ndescription: d\n---\nB\n");
    write("s/node_modules/p/skills/hidden", "---\nname: hidden\ndescription: d\n---\nB\n");

    assertThat(only().name()).hasToString("s");
  }

  @Test
  void bracesInPathsAreNotExpanded() throws Exception {
    String glob = "src/" + "{a,b,c,d,e,f,g,h}".repeat(40) + "/*.ts";
    write("s", "---\nname: s\ndescription: d\npaths: \"" + glob + ", docs/**\"\n---\nB\n");

    assertThat(only().metadata().paths()).containsExactly(glob, "docs/**");
  }

  @Test
  void manyDirectoriesNeedNoOpenFiles() throws Exception {
    Path skill = write("s", "---\nname: s\ndescription: d\n---\nB\n");
    for (int i = 0; i < 1_500; i++) {
      Files.createDirectories(skill.resolve("build/" + i));
    }
    long before = openFiles();
    catalog.watch((_, _) -> {});
    for (int i = 0; i < 20; i++) {
      assertThat(only().name()).hasToString("s");
    }

    assertThat(openFiles() - before).isLessThan(200);
  }

  private static long openFiles() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(own)) {
      return files.count();
    }
  }

  @Test
  void copiesAreNoDuplicatesBecauseOfTheirBytes() throws Exception {
    write("a", "---\ndescription: the same\n---\nB\n");
    write("b", "---\ndescription: the same\n---\nB\n");

    assertThat(catalog.snapshot().skills())
        .extracting(skill -> skill.name().value())
        .containsExactly("a", "b");
  }

  @Test
  void argumentsAreNotExpandedAgain() throws Exception {
    write("s", "---\nname: s\ndescription: d\n---\n$0 and $ARGUMENTS and ${CLAUDE_SESSION_ID}\n");

    var loaded =
        (SkillLoadOutcome.Loaded)
            catalog.load(
                "s", "$1 '${CLAUDE_SESSION_ID}'", Map.of("CLAUDE_SESSION_ID", "$ARGUMENTS"));

    assertThat(loaded.text()).contains("$1 and $1 '${CLAUDE_SESSION_ID}' and $ARGUMENTS\n");
  }

  @Test
  @Timeout(60)
  void oneChangeLeavesAllOthersAsTheyAre() throws Exception {
    for (int i = 0; i < 300; i++) {
      write("s" + i, "---\nname: s%d\ndescription: d\n---\nB\n".formatted(i));
    }
    SkillSnapshot before = catalog.snapshot();
    write("s7", "---\nname: s7\ndescription: changed\n---\nB\n");
    SkillSnapshot after = catalog.snapshot();
    while (after == before) { // above 200 directories, they are looked at twice a second
      after = catalog.snapshot();
    }

    var known = new HashSet<>(before.skills());
    List<Skill> changed = after.skills().stream().filter(skill -> !known.contains(skill)).toList();
    assertThat(changed).extracting(Skill::description).containsExactly("changed");
  }

  private Skill only() throws InterruptedException {
    SkillSnapshot snapshot = catalog.snapshot();
    assertThat(snapshot.skills())
        .as(snapshot.problems().stream().map(SkillProblem::toString).toList().toString())
        .hasSize(1);
    return snapshot.skills().getFirst();
  }

  private Path write(String directory, String text) throws IOException {
    Path skill = Files.createDirectories(root.resolve(directory));
    Files.writeString(skill.resolve("SKILL.md"), text);
    return skill;
  }
}
