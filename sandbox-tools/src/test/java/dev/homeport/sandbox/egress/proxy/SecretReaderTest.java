package dev.homeport.sandbox.egress.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.sandbox.egress.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
  @TempDir Path directory;

  private final SecretReader secrets =
      new SecretReader(Map.of("TOKEN", "of-variable", "SHORT", "short"));

  @Test
  void readsAVariableAFileAndWhatAProgramPrints() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "of-the-file\n");

    assertThat(secrets.read(SecretSource.parse("env:TOKEN"))).isEqualTo("of-variable");
    assertThat(secrets.read(SecretSource.parse("file:" + file))).isEqualTo("of-the-file");
    assertThat(secrets.read(program("echo of-program"))).isEqualTo("of-program");
  }

  @Test
  void seesAFileThatWasReplaced() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "the-old-one\n");
    var source = SecretSource.parse("file:" + file);
    secrets.read(source);

    Files.writeString(file, "the-new-one\n");

    assertThat(secrets.read(source)).isEqualTo("the-new-one");
  }

  @Test
  void asksAProgramOnce() throws Exception {
    Path calls = directory.resolve("calls");
    SecretSource.Program source = program("echo x >>" + calls + "; echo of-program");

    secrets.read(source);
    secrets.read(source);

    assertThat(calls).hasContent("x");
  }

  @Test
  void saysWhatIsWrongWithoutTheSecret() {
    assertThatThrownBy(() -> secrets.read(SecretSource.parse("env:NONE")))
        .hasMessage("the server has no variable NONE");
    assertThatThrownBy(() -> secrets.read(SecretSource.parse("file:" + directory + "/none")))
        .hasMessageStartingWith("the server has no file /");
    assertThatThrownBy(() -> secrets.read(program("echo half-a-secret; exit 1")))
        .hasMessageStartingWith("sh did not give a secret")
        .hasMessageNotContaining("half");
    assertThatThrownBy(() -> secrets.read(SecretSource.parse("env:SHORT")))
        .hasMessageStartingWith("the secret of env:SHORT must have 8 to ")
        .hasMessageNotContaining("short");
    assertThatThrownBy(() -> secrets.read(program("printf 'two-lines\\nof-them'")))
        .hasMessageContaining("in one line");
  }

  private static SecretSource.Program program(String script) {
    return new SecretSource.Program(List.of("sh", "-c", script));
  }
}
