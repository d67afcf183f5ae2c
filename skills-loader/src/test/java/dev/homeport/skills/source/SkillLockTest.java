package dev.homeport.skills.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillLockTest {
  private static final ContentDigest DIGEST = new ContentDigest("ab".repeat(32));
  private static final GitRevision REVISION = new GitRevision("1a".repeat(20), "2b".repeat(20));

  @Test
  void isTheSameTextWhateverTheOrderOfTheAdditions() throws SourceException {
    LockedSource tools =
        new LockedSource(
            SourceName.parse("tools"),
            SourceAddress.git("https://git.example/tools.git", "v1", "skills/pdf"),
            Optional.of(REVISION),
            DIGEST,
            true);
    LockedSource local = plain("local", new SourceOrigin.Directory("../team \"x\""));
    LockedSource site = plain("site", SourceAddress.wellKnown("https://a.example" + index()));

    SkillLock lock = SkillLock.EMPTY.with(tools).with(site).with(local);

    assertThat(lock.toString())
        .isEqualTo(SkillLock.EMPTY.with(local).with(tools).with(site).toString())
        .isEqualTo(
            """
            {
              "version": 1,
              "sources": {
                "local": {
                  "type": "directory",
                  "path": "../team \\"x\\"",
                  "digest": "sha256:%1$s"
                },
                "site": {
                  "type": "well-known",
                  "url": "https://a.example/.well-known/agent-skills/index.json",
                  "digest": "sha256:%1$s"
                },
                "tools": {
                  "type": "git",
                  "url": "https://git.example/tools.git",
                  "ref": "v1",
                  "path": "skills/pdf",
                  "commit": "%2$s",
                  "tree": "%3$s",
                  "digest": "sha256:%1$s",
                  "pinned": true
                }
              }
            }
            """
                .formatted("ab".repeat(32), "1a".repeat(20), "2b".repeat(20)));
    assertThat(SkillLock.parse(lock.toString())).isEqualTo(lock);
    assertThat(SkillLock.parse(SkillLock.EMPTY.toString())).isEqualTo(SkillLock.EMPTY);
    assertThat(lock.without(tools.name()).find(tools.name())).isEmpty();
  }

  @Test
  void saysWhichVersionItKnowsWhenTheLockIsNewer() {
    assertThatThrownBy(() -> SkillLock.parse("{\"version\": 2, \"sources\": {}, \"more\": 1}"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("has version 2, and this Homeport knows version 1: update Homeport");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"version\": 1,|it is no JSON, see line 1",
        "[]|it is no JSON object",
        "{}|it has no 'version'",
        "{\"version\": 0, \"sources\": {}}|there is no version 0",
        "{\"version\": 1}|'version' and the object 'sources'",
        "{\"version\": 1, \"sources\": {\"a\": {}}}|source 'a': 'type' must be a text",
        "{\"version\": 1, \"sources\": {\"a\": {\"tpye\": 1}}}|'tpye' of source 'a' is unknown",
        "{\"version\": 1, \"sources\": {\"a\": {}, \"a\": {}}}|it is no JSON",
        "<<<<<<< ours|it has conflict markers",
      })
  void saysWhatIsWrongAndWhatToDo(String text, String message) {
    assertThatThrownBy(() -> SkillLock.parse(text))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Put it right");
  }

  @Test
  void refusesAnAddressWithAPasswordAlsoInAFile() {
    String text =
        """
        {"version": 1, "sources": {"a": {"type": "git", "url": "https://joe:s3cret@git.example/a",
        "commit": "%s", "tree": "%s", "digest": "%s"}}}
        """
            .formatted(REVISION.commit(), REVISION.tree(), DIGEST);

    assertThatThrownBy(() -> SkillLock.parse(text))
        .hasMessageContaining("source 'a'")
        .hasMessageNotContaining("s3cret");
  }

  private static String index() {
    return "/.well-known/agent-skills/index.json";
  }

  private static LockedSource plain(String name, SourceOrigin origin) throws SourceException {
    return new LockedSource(SourceName.parse(name), origin, Optional.empty(), DIGEST, false);
  }
}
