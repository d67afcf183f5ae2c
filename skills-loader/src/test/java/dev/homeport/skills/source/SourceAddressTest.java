package dev.homeport.skills.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://git.example/team/skills.git, skills",
    "http://localhost:8080/x, x",
    "http://127.0.0.1/My_Skills, my-skills",
    "ssh://git@git.example:2222/team/skills, skills",
    "git@git.example:team/skills.git, skills",
    "file:///srv/git/skills.git/, skills",
  })
  void takesRepositoriesAndNamesThem(String address, String name) throws SourceException {
    SourceOrigin origin = SourceAddress.parse(address, "", "").orElseThrow();

    assertThat(origin).isInstanceOf(SourceOrigin.Git.class);
    assertThat(origin.name()).hasToString(name);
  }

  @Test
  void namesAPartOfARepositoryAfterItsDirectory() throws SourceException {
    SourceOrigin origin =
        SourceAddress.parse("https://git.example/all", "v2", "skills/pdf/").orElseThrow();

    assertThat(origin.name()).hasToString("pdf");
    assertThat(origin.shown()).isEqualTo("https://git.example/all#v2 skills/pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/index.json"})
  void takesTheIndexOfASite(String rest) throws SourceException {
    SourceOrigin origin =
        SourceAddress.parse("https://skills.example/.well-known/agent-skills" + rest, "", "")
            .orElseThrow();

    assertThat(origin.shown())
        .isEqualTo("https://skills.example/.well-known/agent-skills/index.json");
    assertThat(origin.name()).hasToString("skills-example");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "/srv/skills", "../skills", "team/skills", "a.b/c:d"})
  void leavesDirectoriesToOthers(String text) throws SourceException {
    assertThat(SourceAddress.parse(text, "", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://s3cret@git.example/a",
        "https://joe:s3cret@git.example/a",
        "http://joe:s3cret@localhost/a",
        "ssh://git:s3cret@git.example/a",
        "https://git.example/a?token=s3cret",
        "https://git.example/a#s3cret",
        "joe:s3cret@git.example:a",
        "https://joe:s3cret@git.example/.well-known/agent-skills/index.json",
        "https://joe:s3cret@git.example/a b",
      })
  void refusesSecretsWithoutRepeatingThem(String address) {
    assertThatThrownBy(() -> SourceAddress.parse(address, "", ""))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://git.example/a, only https is",
    "http://127.0.0.1.example/a, only https is",
    "git://git.example/a, 'by https, ssh and file'",
    "ext::sh, 'names no repository'",
    "file://host/a, file:///its/path",
    "ssh:///a, names no host",
    "ssh://-oProxyCommand=x/a, names no host",
  })
  void refusesOtherProtocols(String address, String message) {
    assertThatThrownBy(() -> SourceAddress.git(address, "", ""))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "a b", "a..b", "a^", "a:b", "a\u0007"})
  void refusesWhatIsNoRef(String ref) {
    assertThatThrownBy(() -> SourceAddress.git("https://git.example/a", ref, ""))
        .hasMessageContaining("is no branch, tag or commit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc", "a//b", "a/../../b"})
  void refusesPathsThatLeadOut(String path) {
    assertThatThrownBy(() -> SourceAddress.git("https://git.example/a", "", path))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("--path");
  }

  @Test
  void showsNothingThatActsOnATerminal() {
    assertThat(Shown.of("a\u001b[2Jb\u202ec\n")).isEqualTo("a<U+001B>[2Jb<U+202E>c<U+000A>");
  }
}
