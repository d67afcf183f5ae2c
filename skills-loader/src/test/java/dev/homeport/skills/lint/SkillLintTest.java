package dev.homeport.skills.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.report.SkillFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillLintTest {
  @TempDir Path temporary;

  @Test
  void findsNothingInAGoodSkill() throws Exception {
    Path skill =
        skill(
            "good",
            "name: good\ndescription: Brews tea.\nlicense: MIT\nallowed-tools: Read\n"
                + "metadata:\n  a: b",
            """
            See [the guide](references/guide.md#top), `scripts/run.py` and <https://x.y/z.md>.
            ```
            [example](not/checked.md)
            ```
            """);
    write(skill.resolve("references/guide.md"), "text");
    write(skill.resolve("scripts/run.py"), "print()");

    assertThat(lint(false)).isEmpty();
    assertThat(lint(true)).isEmpty();
  }

  /// The cases of the reference validator.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "MySkill|name: MySkill\\ndescription: d|name",
        "-my-skill|name: -my-skill\\ndescription: d|name",
        "my--skill|name: my--skill\\ndescription: d|name",
        "my_skill|name: my_skill\\ndescription: d|name",
        "other|name: my-skill\\ndescription: d|name-directory",
        "s|name: s|description",
        "s|name: s\\ndescription: d\\nunknown_field: x|field-unspecified",
        "s|name: s\\ndescription: d\\nuser-invocable: true|field-unspecified",
        "s|name: s\\ndescription: d\\ncompatibility: [a]|compatibility",
        "s|name: s\\ndescription: a: b|yaml",
        "s|name: s\\ndescription: a\\ndescription: b|yaml",
      })
  void refusesWhatTheReferenceValidatorRefuses(String directory, String metadata, String rule)
      throws Exception {
    skill(directory, metadata.replace("\\n", "\n"), "");

    assertThat(lint(true)).extracting(finding -> finding.rule().id()).contains(rule);
  }

  @Test
  void acceptsWhatTheReferenceValidatorAccepts() throws Exception {
    for (String name :
        List.of("技能", "мой-навык", Normalizer.normalize("café", Normalizer.Form.NFD))) {
      skill(
          Normalizer.normalize(name, Normalizer.Form.NFC),
          "name: " + name + "\ndescription: d\ncompatibility: fine",
          "");
    }
    skill("3000", "name: 3000\ndescription: d", "");

    assertThat(lint(true)).isEmpty();
  }

  @Test
  void refusesLongTexts() throws Exception {
    skill(
        "s",
        "name: s\ndescription: " + "x".repeat(1_100) + "\ncompatibility: " + "y".repeat(550),
        "");
    String name = "a".repeat(70);
    skill(name, "name: " + name + "\ndescription: d", "");

    assertThat(lint(true))
        .extracting(finding -> finding.rule().id())
        .containsExactlyInAnyOrder("description", "compatibility", "name");
  }

  @Test
  void findsBrokenReferencesWithTheirLines() throws Exception {
    skill(
        "s",
        "name: s\ndescription: d",
        """
        # Title

        [a](references/gone.md) and [b](../other/x.md)
        `scripts/gone.py`, `not/own.py`
        """);

    assertThat(lint(false))
        .extracting(finding -> finding.rule().id() + ":" + finding.line())
        .containsExactly("reference-missing:7", "reference-outside:7", "reference-missing:8");
  }

  @Test
  void namesTheFieldThatWasMeant() throws Exception {
    skill("s", "name: s\ndescription: d\nargument_hint: x\nxyzzy-plugh: y", "");

    assertThat(lint(false))
        .extracting(SkillFinding::message)
        .anyMatch(message -> message.contains("did you mean 'argument-hint'?"))
        .anyMatch(message -> message.contains("xyzzy-plugh"));
  }

  @Test
  void findsLongBodiesAndConflicts() throws Exception {
    skill("long", "name: long\ndescription: Something of its own kind.", "line\n".repeat(501));
    String same = "Brews green and black tea for guests, with sugar, milk and lemon.";
    skill("tea", "name: tea\ndescription: " + same, "");
    skill("chai", "name: chai\ndescription: " + same + " Hot.", "");

    assertThat(lint(false))
        .extracting(finding -> finding.rule().id())
        .containsExactlyInAnyOrder("body-length", "trigger-conflict");
  }

  private List<SkillFinding> lint(boolean asReference) throws Exception {
    var config =
        new SkillsConfig(
            List.of(
                SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, temporary.resolve("skills"))),
            1_000);
    try (var catalog = SkillCatalog.open(config, new SkillHost("linux", Map.of()))) {
      return SkillLint.of(catalog, asReference);
    }
  }

  private Path skill(String directory, String metadata, String body) throws IOException {
    Path skill = temporary.resolve("skills").resolve(directory);
    write(skill.resolve("SKILL.md"), "---\n" + metadata + "\n---\n" + body + "Steps.\n");
    return skill;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
