package dev.homeport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePolicyTest {
  private final WorkspacePolicy policy = WorkspacePolicy.DEFAULT;

  private static WorkspacePath path(String text) throws WorkspaceException {
    return WorkspacePath.parse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".env",
        "a/.ENV.local",
        "b/Server.PEM",
        "id_rsa",
        "keys/id_ed25519",
        ".homeport/config.yaml"
      })
  void hidesSecretsAtAnyDepth(String text) throws WorkspaceException {
    assertThat(policy.hides(path(text), false)).isTrue();
    assertThat(policy.allowsApply(path(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"environment", "id_generator.py", "pem", "src/key/Main.java", "a/.homeport"})
  void showsOrdinaryFiles(String text) throws WorkspaceException {
    assertThat(policy.hides(path(text), false)).isFalse();
    assertThat(policy.allowsApply(path(text))).isTrue();
  }

  @Test
  void hidesNoDirectoryButHomeportsOwn() throws WorkspaceException {
    assertThat(policy.hides(path(".env"), true)).isFalse();
    assertThat(policy.hides(path(".homeport"), true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/config",
        "sub/.git/HEAD",
        ".mcp.json",
        "sub/.claude/x",
        ".vscode/tasks.json"
      })
  void letsNothingBackThatOtherProgramsRun(String text) throws WorkspaceException {
    assertThat(policy.hides(path(text), false)).isFalse();
    assertThat(policy.allowsApply(path(text))).isFalse();
  }
}
