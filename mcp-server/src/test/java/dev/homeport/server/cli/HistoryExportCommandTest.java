package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryExportCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void exportsTheHistoryAndRefusesAnotherTarget() throws IOException {
    var workspace = Workspace.open(directory);
    Versions.of(workspace).write(workspace.path("a"), null, new byte[] {'x'}, Author.current());

    CommandRun first = CommandRun.in(directory, "", "history", "export", "history.git");
    CommandRun refused = CommandRun.in(directory, "", "history", "export", ".");

    assertThat(first.out()).isEqualTo("1 versions became 1 commits\n");
    assertThat(first.exit()).isZero();
    assertThat(directory.resolve("history.git/HEAD")).exists();
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("not empty");
  }
}
