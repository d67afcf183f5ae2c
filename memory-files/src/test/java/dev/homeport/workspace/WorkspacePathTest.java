package dev.homeport.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.WorkspaceException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../b",
        "a/..",
        "/etc/passwd",
        "//a",
        "a//b",
        "a/./b",
        "a//",
        "a\u0000",
        "a\nb",
        "a\u202Eb",
        "a\u2028b",
        "a\uD800b",
        "e\u0301"
      })
  void refusesWhatBreaksTheGrammar(String path) {
    assertThatThrownBy(() -> WorkspacePath.parse(path))
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_PATH))
        .message()
        .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
  }

  @Test
  void takesNamesThatOnlyLookDangerous() throws WorkspaceException {
    assertThat(WorkspacePath.parse("%2e%2e%2fx").segments()).containsExactly("%2e%2e%2fx");
    assertThat(WorkspacePath.parse("...").segments()).containsExactly("...");
    assertThat(WorkspacePath.parse("a b/~/$HOME").segments()).containsExactly("a b", "~", "$HOME");
  }

  @Test
  void dropsALeadingDotAndATrailingSlash() throws WorkspaceException {
    assertThat(WorkspacePath.parse("./a/b/")).hasToString("a/b");
    assertThat(WorkspacePath.parse(".")).isEqualTo(WorkspacePath.ROOT);
    assertThat(WorkspacePath.parse("./")).isEqualTo(WorkspacePath.ROOT);
    assertThat(WorkspacePath.parse("")).isEqualTo(WorkspacePath.ROOT);
  }

  @Test
  void measuresInBytesOfUtf8() throws WorkspaceException {
    assertThat(WorkspacePath.parse("ü".repeat(127)).name()).hasSize(127);

    assertThatThrownBy(() -> WorkspacePath.parse("ü".repeat(128)))
        .hasMessageContaining("segment of more than 255 bytes");
    assertThatThrownBy(() -> WorkspacePath.parse("ü/".repeat(400)))
        .hasMessageContaining("longer than 1024 bytes");
  }

  @Test
  void knowsWhatLiesBelowIt() throws WorkspaceException {
    WorkspacePath notes = WorkspacePath.parse("notes");

    assertThat(WorkspacePath.parse("notes/a").startsWith(notes)).isTrue();
    assertThat(WorkspacePath.parse("notes_backup/a").startsWith(notes)).isFalse();
    assertThat(notes.child("a").parent()).isEqualTo(notes);
    assertThatThrownBy(() -> notes.child("a/b")).isInstanceOf(WorkspaceException.class);
  }
}
