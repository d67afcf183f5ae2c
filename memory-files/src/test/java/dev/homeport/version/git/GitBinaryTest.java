package dev.homeport.version.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real git reads what was exported.
@Tag("git")
class GitBinaryTest {
  private static final Author AGENT = new Author("ann", "s-1", "write_file", "to test");

  @TempDir Path root;
  @TempDir Path parent;

  @Test
  void gitReadsTheExport() throws Exception {
    var workspace = Workspace.open(root);
    var versions = Versions.of(workspace);
    versions.write(workspace.path("d/a.md"), null, "one\n".getBytes(UTF_8), AGENT);
    Files.writeString(root.resolve("d/a.md"), "by hand\n");
    byte[] byHand = "by hand\n".getBytes(UTF_8);
    versions.write(workspace.path("d/a.md"), byHand, "two\n".getBytes(UTF_8), AGENT);
    versions.move(workspace.path("d"), workspace.path("e"), AGENT);
    Path target = parent.resolve("history.git");

    GitExport.export(workspace, target);

    assertThat(git(target, "fsck", "--strict", "--full")).isEmpty();
    assertThat(git(target, "log", "--reverse", "--format=%an").lines())
        .containsExactly("ann", "outside", "ann", "ann");
    assertThat(git(target, "diff", "main~2", "main~1").lines())
        .contains("-by hand", "+two", "+++ b/d/a.md");
    assertThat(git(target, "ls-tree", "-r", "--name-only", "main")).isEqualTo("e/a.md\n");
  }

  private static String git(Path repository, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError("git is missing; install it with: apt-get install git", e);
    }
    try (var in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    }
  }
}
