package dev.homeport.skills.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillPublisherTest {
  private static final String PLAIN =
      """
      ---
      name: plain
      description: Does a thing. Use when asked, e.g. by "people".
      license: MIT
      allowed-tools: Bash(git add *) Read
      user-invocable: false
      metadata:
        author: someone
        version: "1.0"
      ---
      # Body
      """;

  @TempDir Path temporary;
  Path root;
  SkillPublisher publisher;

  @BeforeEach
  void setUp() throws IOException {
    root = Files.createDirectories(temporary.resolve("workspace/.claude/skills"));
    publisher = publisher(temporary.resolve("workspace"));
  }

  private SkillPublisher publisher(Path workspace) {
    return new SkillPublisher(catalog(workspace));
  }

  private SkillCatalog catalog(Path workspace) {
    var config = SkillsConfig.standard(workspace, temporary.resolve("home"));
    return SkillCatalog.open(config, new SkillHost("linux", Map.of()));
  }

  @Test
  void servesAValidSkillAsItStandsOnDisk() throws Exception {
    skill("plain", PLAIN);

    PublishedSkill skill = publisher.find("plain").orElseThrow();

    assertThat(skill.changes()).isEmpty();
    assertThat(skill.files())
        .containsExactly(
            new PublishedFile(
                "SKILL.md", Sha256.hex(PLAIN.getBytes(StandardCharsets.UTF_8)), PLAIN.length()));
    assertThat(skill.frontmatter())
        .containsEntry("user-invocable", false)
        .containsEntry("metadata", Map.of("author", "someone", "version", "1.0"));
    assertThat(publisher.read("plain", "SKILL.md").orElseThrow()).asString().isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF---\nname: messy\ndescription: d\n---\nBody\n",
        "---\r\nname: messy\r\ndescription: d\r\n---\r\nBody\r\n",
        "---\nname: My Messy_Skill\ndescription: d\n---\nBody\n",
        "---\nname: messy\ndescription: Use when: it rains\n---\nBody\n",
        "---\nname: messy\ndescription: >-\n  folded\n  text\n---\nBody\n",
        "---\nname: messy\ndescription: 'on two\n  lines'\n---\nBody\n",
        "---\nname: messy\ndescription:\n  - one\n  - two\n---\nBody\n",
        "---\nname: messy\ndescription: a\ndescription: b\n---\nBody\n",
        "---\nname: messy\ndescription: d\nmetadata: {\"a\": {\"os\": [\"x\"]}}\n---\nB\n",
        "---\nname: messy\ndescription: d\nmetadata:\n  version: 1.10\n  tags: [a, b]\n---\nB\n",
        "---\nname: messy\ndescription: d\nmetadata: just text\n---\nB\n",
        "---\nname: messy\ndescription: d\ncompatibility: [a, b]\n---\nB\n",
        "---\nname: messy\ndescription: d\ncompatibility:\n---\nB\n",
        "---\nname: messy\ndescription: &x d\nother: *x\n---\nB\n",
        "---\nname: messy\ndescription: !!str 12\n---\nB\n",
        "---\nname: messy\ndescription: d\n\"__proto__\": evil\n---\nB\n",
        "---\nname: messy\ndescription: d\nyes-no: {a: [1, 2.5, true, null, {b: .5}]}\n---\nB\n",
        "name: messy\ndescription: d\n---\nBody\n",
        "# Messy\n\nDoes a thing without metadata.\n",
        "---\nname: messy\ndescription: d\nunclosed: x\n\n# Body\n\nText.\n",
        "---\nname: messy\ndescription: tab\there\n---\nB\n",
        "---\nname: messy\ndescription: \"half \\uD800 a character\"\n---\nB\n"
      })
  void liftsWhatCanBeLifted(String text) throws Exception {
    skill("messy", text);
    Skill loaded = catalog(temporary.resolve("workspace")).snapshot().skills().getFirst();

    PublishedSkill skill = publisher.find(loaded.name().value()).orElseThrow();

    assertThat(skill.changes()).isNotEmpty();
    assertThat(skill.frontmatter()).containsEntry("name", loaded.name().value());
    assertThat(skill.description()).isNotBlank();
    assertThat(skill.frontmatter()).doesNotContainKey("__proto__");
    if (skill.frontmatter().get("metadata") instanceof Map<?, ?> metadata) {
      assertThat(metadata.values()).allMatch(value -> value instanceof String);
    }
    Skill again = readAgain(skill.name());
    assertThat(again.problems()).isEmpty();
    assertThat(again.frontmatter()).isEqualTo(skill.frontmatter());
    assertThat(again.body()).isEqualTo(loaded.body());
  }

  /// The skill as a client finds it that writes the published file to its own disk.
  private Skill readAgain(String name) throws Exception {
    Path copy = Files.createDirectories(temporary.resolve("copy/.claude/skills").resolve(name));
    Files.write(copy.resolve("SKILL.md"), publisher.read(name, "SKILL.md").orElseThrow());
    return catalog(temporary.resolve("copy")).snapshot().find(name).orElseThrow();
  }

  @Test
  void keepsTextsOfMetadataAsTheirAuthorWroteThem() throws Exception {
    skill(
        "s", "---\nname: s\ndescription: d\nmetadata:\n  version: 1.10\n  on: yes\n  n:\n---\nB\n");

    assertThat(publisher.find("s").orElseThrow().frontmatter().get("metadata"))
        .isEqualTo(Map.of("version", "1.10", "on", "yes", "n", ""));
  }

  @Test
  void cutsALongDescription() throws Exception {
    skill("s", "---\nname: s\ndescription: " + "x".repeat(2_000) + "\n---\nB\n");

    assertThat(publisher.find("s").orElseThrow().description()).hasSize(1_024).endsWith("…");
  }

  @Test
  void listsEveryFileOfTheDirectoryInOrder() throws Exception {
    Path skill = skill("s", PLAIN.replace("plain", "s"));
    write(skill.resolve("scripts/run.py"), "print()");
    write(skill.resolve("nested/SKILL.md"), PLAIN.replace("plain", "nested"));
    write(skill.resolve(".hidden"), "x");
    write(skill.resolve(".git/config"), "no");
    write(skill.resolve("node_modules/a.js"), "no");
    Files.createSymbolicLink(skill.resolve("link"), temporary);
    Files.createDirectories(skill.resolve("empty"));

    assertThat(publisher.find("s").orElseThrow().files())
        .extracting(PublishedFile::path)
        .containsExactly("SKILL.md", ".hidden", "nested/SKILL.md", "scripts/run.py");
    assertThat(publisher.find("nested")).isPresent();
    assertThat(publisher.read("s", "link/workspace")).isEmpty();
    assertThat(publisher.read("s", ".git/config")).isEmpty();
    assertThat(publisher.read("s", "../s/SKILL.md")).isEmpty();
    assertThat(publisher.read("none", "SKILL.md")).isEmpty();
    assertThat(publisher.read("", "SKILL.md")).isEmpty();
  }

  @Test
  void refusesWhatCannotBeLiftedAndSaysWhy() throws Exception {
    skill("技能", "---\nname: 技能\ndescription: d\n---\nB\n");
    Path many = skill("many", PLAIN.replace("plain", "many"));
    for (int i = 0; i < 512; i++) {
      write(many.resolve("f" + i), "x");
    }
    Path large = skill("large", PLAIN.replace("plain", "large"));
    write(large.resolve("data.bin"), "x".repeat(16 << 20));

    assertThat(refusal("技能")).contains("a-z");
    assertThat(refusal("many")).contains("512");
    assertThat(refusal("large")).contains("16 MiB");
    assertThat(publisher.list(Optional.empty()).orElseThrow().skills()).isEmpty();

    Files.delete(many.resolve("f0"));
    assertThat(publisher(temporary.resolve("workspace")).find("many")).isPresent();
  }

  private String refusal(String name) throws Exception {
    Skill skill = catalog(temporary.resolve("workspace")).snapshot().find(name).orElseThrow();
    return publisher.publish(skill) instanceof PublishOutcome.Refused(_, var reason) ? reason : "";
  }

  @Test
  void servesTheBytesThatItDigestedWhateverHappensMeanwhile() throws Exception {
    Path skill = skill("s", PLAIN.replace("plain", "s"));
    write(skill.resolve("a.txt"), "one");
    String before = publisher.find("s").orElseThrow().file("a.txt").orElseThrow().sha256();

    write(skill.resolve("a.txt"), "two");
    byte[] bytes = publisher.read("s", "a.txt").orElseThrow();

    PublishedFile after = publisher.find("s").orElseThrow().file("a.txt").orElseThrow();
    assertThat(after.sha256()).isNotEqualTo(before).isEqualTo(Sha256.hex(bytes));
    assertThat(bytes).asString().isEqualTo("two");

    Files.delete(skill.resolve("a.txt"));
    assertThat(publisher.read("s", "a.txt")).isEmpty();
  }

  @Test
  void pagesThroughAllSkills() throws Exception {
    for (int i = 0; i < 250; i++) {
      String name = "skill-%03d".formatted(i);
      skill(name, PLAIN.replace("plain", name));
    }
    var names = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      SkillPublisher.Page page = publisher.list(cursor).orElseThrow();
      page.skills().forEach(skill -> names.add(skill.name()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor.isPresent());

    assertThat(pages).isEqualTo(3);
    assertThat(names).hasSize(250).isSorted().doesNotHaveDuplicates();
    for (String foreign : List.of("1", "%%%", "c2tpbGw", "c2tpbGw=")) {
      assertThat(publisher.list(Optional.of(foreign)).isPresent())
          .isEqualTo(foreign.equals("c2tpbGw"));
    }
  }

  private Path skill(String directory, String text) throws IOException {
    Path skill = root.resolve(directory);
    write(skill.resolve("SKILL.md"), text);
    return skill;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
