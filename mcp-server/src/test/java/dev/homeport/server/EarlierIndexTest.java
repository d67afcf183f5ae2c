package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.IndexedFiles;
import dev.homeport.search.LiveFiles;
import dev.homeport.server.tool.Lazy;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierIndexTest {
  @TempDir private Path directory;
  private Path index;

  @BeforeEach
  void place() {
    index = directory.resolve("index");
  }

  @Test
  void opensAnIndexThatIsThere() throws Exception {
    Files.createDirectory(index);
    var workspace = Workspace.open(Files.createDirectory(directory.resolve("workspace")));
    try (var live = LiveFiles.of(workspace)) {
      var files = Lazy.of(() -> IndexedFiles.of(workspace, live, index));

      new EarlierIndex(() -> index, files).run();

      assertThat(files.opened()).isPresent();
      files.get().close();
    }
  }

  @Test
  void opensNothingWhereNobodyEverSearched() {
    Lazy<IndexedFiles> files =
        Lazy.of(() -> {
          throw new IOException("not to be opened");
        });

    new EarlierIndex(() -> index, files).run();

    assertThat(files.opened()).isEmpty();
    assertThat(index).doesNotExist();
  }

  @Test
  void leavesAFailureToWhoeverSearches() throws IOException {
    Files.createDirectory(index);
    Lazy<IndexedFiles> files =
        Lazy.of(() -> {
          throw new IOException("a broken disk");
        });

    new EarlierIndex(() -> index, files).run();

    assertThat(files.opened()).isEmpty();
  }
}
