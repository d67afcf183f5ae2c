package dev.homeport.skills.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderHashTest {
  @TempDir private Path directory = Path.of("");

  /// The order was taken from `localeCompare` of node 22.
  @Test
  void ordersPathsAsJavaScriptDoes() {
    assertThat(
            Stream.of(
                    "SKILL.md",
                    "references/a.md",
                    "scripts/x.py",
                    "skill.md",
                    "a-b/c",
                    "a/b",
                    "ab",
                    "aB",
                    "Ab",
                    "a_b",
                    "A/b")
                .sorted(FolderHash.ORDER))
        .containsExactly(
            "a_b",
            "a-b/c",
            "a/b",
            "A/b",
            "ab",
            "aB",
            "Ab",
            "references/a.md",
            "scripts/x.py",
            "skill.md",
            "SKILL.md");
  }

  @Test
  void hashesPathsAndContents() throws IOException {
    Files.createDirectories(directory.resolve("references/node_modules"));
    Files.writeString(directory.resolve("SKILL.md"), "S");
    Files.writeString(directory.resolve("references/a.md"), "A");
    Files.writeString(directory.resolve("references/node_modules/x"), "X");
    Files.createSymbolicLink(directory.resolve("b.md"), Path.of("SKILL.md"));

    assertThat(FolderHash.of(directory))
        .isEqualTo(Sha256.hex("references/a.mdASKILL.mdS".getBytes(UTF_8)));
  }
}
