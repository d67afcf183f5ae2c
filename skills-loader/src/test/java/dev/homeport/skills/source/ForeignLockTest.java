package dev.homeport.skills.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignLockTest {
  private static final String TEXT =
      """
      {
        "version": 1,
        "skills": {
          "brew": {
            "source": "team/skills",
            "ref": "v1",
            "sourceType": "github",
            "skillPath": "skills/brew/SKILL.md",
            "computedHash": "aa"
          },
          "local": {
            "source": "./vendor",
            "sourceType": "local",
            "skillPath": "SKILL.md",
            "computedHash": "bb"
          },
          "old": {
            "source": "team/old",
            "sourceType": "github",
            "computedHash": "cc"
          },
          "site": {
            "source": "skills.example",
            "sourceType": "well-known",
            "computedHash": "dd"
          }
        }
      }
      """;

  @Test
  void saysWhereSkillsComeFrom() throws SourceException {
    List<ForeignLock.Entry> entries = ForeignLock.parse(TEXT).entries();

    assertThat(entries)
        .extracting(ForeignLock.Entry::skill)
        .containsExactly("brew", "local", "old", "site");
    assertThat(entries.getFirst().origin())
        .contains(SourceAddress.git("https://github.com/team/skills", "v1", "skills/brew"));
    assertThat(entries.getFirst().hash()).isEqualTo("aa");
    assertThat(entries.get(1).origin()).contains(new SourceOrigin.Directory("./vendor"));
    assertThat(entries.get(2).obstacle()).contains("'old' of skills-lock.json", "no 'skillPath'");
    assertThat(entries.get(3).obstacle()).contains("its 'sourceType' is 'well-known'");
  }

  @Test
  void writesTheFormOfTheOtherProgram() throws SourceException {
    ForeignLock lock = ForeignLock.parse(TEXT);
    assertThat(lock).hasToString(TEXT);

    SourceOrigin team = SourceAddress.git("https://github.com/team/skills.git", "v1", "skills");
    lock.put("brew", team, "brew", "ee");
    lock.put("alpha", team, "alpha", "ff");
    lock.put("local", team, "local", "00");
    lock.remove("site", team, "site");

    assertThat(lock.toString())
        .isEqualTo(
            TEXT.replace("\"aa\"", "\"ee\"")
                .replace(
                    "  \"skills\": {\n",
                    """
                      "skills": {
                        "alpha": {
                          "source": "team/skills",
                          "ref": "v1",
                          "sourceType": "github",
                          "skillPath": "skills/alpha/SKILL.md",
                          "computedHash": "ff"
                        },
                    """));

    lock.remove("alpha", team, "alpha");
    lock.put("brew", team, "brew", "aa");
    assertThat(lock).hasToString(TEXT);
  }

  @Test
  void leavesOutEntriesWithASecret() throws SourceException {
    String text = TEXT.replace("\"team/skills\"", "\"https://joe:s3cret@git.example/team\"");

    ForeignLock.Entry entry = ForeignLock.parse(text).entries().getFirst();

    assertThat(entry.origin()).isEmpty();
    assertThat(entry.obstacle()).contains("git.example").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|is no JSON; put it right, or delete it",
        "[]|has no 'version' and 'skills'",
        "{\"version\": 2, \"skills\": {}}|has version 2, and this Homeport knows version 1",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> ForeignLock.parse(text))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }
}
