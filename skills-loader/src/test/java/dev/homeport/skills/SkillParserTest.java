package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillParser.Parsed;
import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillParserTest {
  private static final String GOOD =
      "---\nname: my-skill\ndescription: Does a thing. Use when asked.\n---\n# Body\n\nText.\n";

  @Test
  void readsAGoodSkillWithoutAProblem() {
    Parsed parsed = parse("my-skill", GOOD);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.isBroken()).isFalse();
    Skill skill = parsed.skill().orElseThrow();
    assertThat(skill.name()).hasToString("my-skill");
    assertThat(skill.description()).isEqualTo("Does a thing. Use when asked.");
    assertThat(skill.body()).isEqualTo("# Body\n\nText.\n");
  }

  /// The cases of the reference validator, read leniently.
  @Nested
  class ReferenceCases {
    @Test
    void acceptsEveryFieldOfTheSpecification() {
      Parsed parsed =
          parse(
              "my-skill",
              """
              ---
              name: my-skill
              description: Does a thing.
              license: MIT
              compatibility: Requires Python 3.11
              allowed-tools: Bash(git add *) Read, Write
              metadata:
                author: someone
                version: "1.0"
              ---
              Body
              """);

      assertThat(parsed.problems()).isEmpty();
      SkillMetadata metadata = parsed.skill().orElseThrow().metadata();
      assertThat(metadata.compatibility()).contains("Requires Python 3.11");
      assertThat(metadata.allowedTools()).containsExactly("Bash(git add *)", "Read", "Write");
      assertThat(parsed.skill().orElseThrow().frontmatter())
          .containsEntry("license", "MIT")
          .containsEntry("metadata", Map.of("author", "someone", "version", "1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MySkill", "-my-skill", "my--skill", "my_skill", "НАВЫК"})
    void reportsInvalidNames(String name) {
      assertThat(kinds(parse(name, skill(name, "d")))).contains(Kind.NAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"技能", "мой-навык"})
    void acceptsNamesOfOtherScripts(String name) {
      assertThat(parse(name, skill(name, "d")).problems()).isEmpty();
    }

    @Test
    void reportsNamesThatAreTooLongOrDifferFromTheDirectory() {
      String name = "a".repeat(70);

      assertThat(kinds(parse(name, skill(name, "d")))).containsExactly(Kind.NAME_TOO_LONG);
      assertThat(kinds(parse("other", skill("my-skill", "d")))).containsExactly(Kind.NAME_DIFFERS);
    }

    @Test
    void comparesNamesInCompatibilityForm() {
      String decomposed = Normalizer.normalize("café", Normalizer.Form.NFD);

      assertThat(parse("café", skill(decomposed, "d")).problems()).isEmpty();
    }

    @Test
    void reportsADescriptionThatIsTooLongButKeepsIt() {
      Parsed parsed = parse("s", skill("s", "x".repeat(1_100)));

      assertThat(kinds(parsed)).containsExactly(Kind.DESCRIPTION_TOO_LONG);
      assertThat(parsed.skill().orElseThrow().description()).hasSize(1_100);
    }

    @Test
    void loadsWithoutMetadataWhenTheTextSaysWhatItIs() {
      Parsed parsed = parse("my-skill", "# Title\n\nConverts files.\n");

      assertThat(kinds(parsed))
          .containsExactly(Kind.FENCE_MISSING, Kind.NAME_MISSING, Kind.DESCRIPTION_MISSING);
      assertThat(parsed.isBroken()).isTrue();
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("Converts files.");
    }

    @Test
    void endsUnclosedMetadataAtTheFirstBlankLine() {
      Parsed parsed = parse("s", "---\nname: s\ndescription: d d d\n\n# Body\nText\n");

      assertThat(kinds(parsed)).containsExactly(Kind.FENCE_UNCLOSED);
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("d d d");
      assertThat(parsed.skill().orElseThrow().body()).isEqualTo("# Body\nText\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[invalid", "- a\n- b", "just text"})
    void reportsMetadataThatIsNoMap(String yaml) {
      Parsed parsed = parse("s", "---\n" + yaml + "\n---\nBody text.\n");

      assertThat(kinds(parsed)).contains(Kind.YAML_UNREADABLE);
      assertThat(parsed.isBroken()).isTrue();
      assertThat(parsed.skill()).isPresent();
    }

    @Test
    void keepsVersionsAsTheyWereWrittenInTexts() {
      Parsed parsed = parse("s", "---\nname: s\ndescription: 1.10\nmetadata:\n  v: 1.0\n---\nB\n");

      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("1.10");
      assertThat(kinds(parsed)).containsExactly(Kind.TYPE);
    }

    @Test
    void doesNotServeAFileThatSaysNothing() {
      for (String text : List.of("", "\n\n", "---\n---\n", "---\nname: x\n---\n")) {
        assertThat(parse("s", text).skill()).isEmpty();
        assertThat(parse("s", text).isBroken()).isTrue();
      }
    }
  }

  /// Bugs that loaders had to fix.
  @Nested
  class FixedBugs {
    @Test
    void dropsAByteOrderMark() {
      Parsed parsed = parse("my-skill", "\uFEFF" + GOOD);

      assertThat(kinds(parsed)).containsExactly(Kind.BYTE_ORDER_MARK);
      assertThat(parsed.isBroken()).isFalse();
    }

    @Test
    void readsWindowsLineEndings() {
      Parsed parsed = parse("my-skill", GOOD.replace("\n", "\r\n"));

      assertThat(kinds(parsed)).containsExactly(Kind.LINE_ENDINGS);
      assertThat(parsed.skill().orElseThrow().body()).isEqualTo("# Body\n\nText.\n");
    }

    @Test
    void dropsNulCharacters() {
      Parsed parsed = parse("my-skill", GOOD.replace("Text", "Te\0xt"));

      assertThat(kinds(parsed)).containsExactly(Kind.NUL);
      assertThat(parsed.skill().orElseThrow().body()).contains("Text.");
    }

    @Test
    void readsOtherEncodings() {
      String text = GOOD.replace("Text", "Café");

      for (var charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
        Parsed parsed = parse("my-skill", text.getBytes(charset));
        assertThat(kinds(parsed)).containsExactly(Kind.ENCODING);
        assertThat(parsed.skill().orElseThrow().body()).contains("Café.");
      }
    }

    @Test
    void readsUnquotedColons() {
      Parsed parsed =
          parse(
              "s",
              """
              ---
              name: s
              description: Use when: it rains # or snows
                and also: on Sundays
              metadata:
                author: me
              ---
              Body
              """);

      assertThat(kinds(parsed)).containsOnly(Kind.YAML_REPAIRED);
      Skill skill = parsed.skill().orElseThrow();
      assertThat(skill.description())
          .isEqualTo("Use when: it rains # or snows and also: on Sundays");
      assertThat(skill.frontmatter()).containsEntry("metadata", Map.of("author", "me"));
    }

    @Test
    void readsTabsAsIndentation() {
      Parsed parsed = parse("s", "---\nname: s\ndescription: d\nmetadata:\n\ta: b\n---\nBody\n");

      assertThat(kinds(parsed)).containsOnly(Kind.YAML_REPAIRED);
      assertThat(parsed.skill().orElseThrow().frontmatter())
          .containsEntry("metadata", Map.of("a", "b"));
    }

    @Test
    void losesOnlyTheEntryThatIsBroken() {
      Parsed parsed =
          parse("s", "---\nname: s\ntags:\n  - a\n b\ndescription: what it does\n---\nBody\n");

      assertThat(parsed.isBroken()).isFalse();
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("what it does");
      assertThat(parsed.skill().orElseThrow().frontmatter()).doesNotContainKey("tags");
    }

    @Test
    void readsNumbersAsNames() {
      Parsed parsed = parse("3000", "---\nname: 3000\ndescription: d\n---\nBody\n");

      assertThat(parsed.problems()).isEmpty();
      assertThat(parsed.skill().orElseThrow().name()).hasToString("3000");
    }

    @Test
    void joinsListsAsDescriptions() {
      Parsed parsed = parse("s", "---\nname: s\ndescription:\n  - one\n  - two\n---\nBody\n");

      assertThat(kinds(parsed)).containsExactly(Kind.TYPE);
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("one; two");
    }

    @Test
    void readsArgumentHintsThatLookLikeLists() {
      Parsed parsed =
          parse("s", "---\nname: s\ndescription: d\nargument-hint: [file] [mode]\n---\nBody\n");

      assertThat(parsed.isBroken()).isFalse();
      assertThat(parsed.skill().orElseThrow().frontmatter())
          .containsEntry("argument-hint", "[file] [mode]");
    }

    @Test
    void takesNoNestedKeyForAnOuterOne() {
      Parsed parsed =
          parse(
              "s",
              "---\nname: s\ndescription: >\n  folded\n  text\nmetadata:\n  name: x\n---\nB\n");

      assertThat(parsed.skill().orElseThrow().name()).hasToString("s");
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("folded text");
    }

    @Test
    void readsMetadataWithoutItsFirstFence() {
      Parsed parsed = parse("s", "name: s\ndescription: d\n---\nBody\n");

      assertThat(kinds(parsed)).containsExactly(Kind.FENCE_MISSING);
      assertThat(parsed.skill().orElseThrow().body()).isEqualTo("Body\n");
    }

    @Test
    void reportsDuplicateKeys() {
      Parsed parsed = parse("s", "---\nname: s\ndescription: a\ndescription: b\n---\nBody\n");

      assertThat(kinds(parsed)).containsExactly(Kind.DUPLICATE_KEY);
      assertThat(parsed.skill().orElseThrow().description()).isEqualTo("b");
    }
  }

  @Test
  void readsRequirementsUnderEachOfTheirNames() {
    for (String key : List.of("openclaw", "clawdbot", "clawdis")) {
      Parsed parsed =
          parse(
              "s",
              "---\nname: s\ndescription: d\nmetadata: {\""
                  + key
                  + "\": {\"os\": [\"linux\"], "
                  + "\"requires\": {\"bins\": [\"jq\"], \"env\": [\"TOKEN\"], "
                  + "\"anyBins\": [\"a\", \"b\"]}}}\n---\nBody\n");

      assertThat(parsed.skill().orElseThrow().metadata().requirements())
          .isEqualTo(
              new SkillRequirements(
                  List.of("jq"), List.of("a", "b"), List.of("TOKEN"), List.of("linux")));
    }
  }

  @Test
  void readsEveryWayToSayYes() {
    for (String yes : List.of("true", "yes", "on", "1", "\"True\"")) {
      Parsed parsed =
          parse(
              "s", "---\nname: s\ndescription: d\ndisable-model-invocation: " + yes + "\n---\nB\n");
      assertThat(parsed.skill().orElseThrow().isOfferedToModels()).isFalse();
    }
  }

  private static String skill(String name, String description) {
    return "---\nname: " + name + "\ndescription: " + description + "\n---\nBody\n";
  }

  private static Parsed parse(String directory, String text) {
    return parse(directory, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Parsed parse(String directory, byte[] bytes) {
    var root = SkillsConfig.Root.project(Path.of("/nowhere"), ".claude", "skills");
    var path = new WorkspacePath(List.of(".claude", "skills", directory));
    return SkillParser.parse(new SkillLocation(root, path, path), bytes);
  }

  private static List<Kind> kinds(Parsed parsed) {
    return parsed.problems().stream().map(SkillProblem::kind).toList();
  }
}
