package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares grep by an index with the real ripgrep, also while files change; [ParityRun] does the
/// same over large trees.
@Tag("ripgrep")
class IndexedParityTest {
  private static final int SUBTREES = 8;
  private static final int SEARCHES = 200;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {71, 72})
  void findsTheLinesThatRipgrepFinds(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    writeTree(root, random);
    var edits = new RandomEdits(root, random);
    var workspace = Workspace.open(root);
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, directory.resolve("index"), 0)) {
      TreeRequests requests = TreeRequests.of(workspace);
      Grep grep = Grep.over(workspace, indexed);
      for (int i = 0; i < SEARCHES; i++) {
        String what = "nothing";
        if (i % 4 == 0 && i > SEARCHES / 2) {
          what = edits.change();
          edits.open();
        }
        if (i % 50 == 0) {
          assertThat(indexed.awaitIndexed(Duration.ofSeconds(30))).isTrue();
          assertThat(indexed.status().indexedFiles()).isPositive();
        }
        GrepRequest any = requests.next(random);
        // Below another directory ripgrep 13 misreads rules from above: see docs/conformance.md.
        GrepRequest request = any.but().scope(any.scope().below(WorkspacePath.ROOT)).build();
        FoundLines expected = Ripgrep.INSTALLED.search(root, request);
        FoundLines found = FoundLines.of(grep.search(request), request.mode());

        assertThat(found.difference(expected))
            .as("seed %d, search %d, after %s: %s", seed, i, what, request)
            .isEmpty();
      }
    }
  }

  private static void writeTree(Path root, Random random) throws IOException {
    for (int i = 0; i < SUBTREES; i++) {
      RandomTree.write(Files.createDirectory(root.resolve("t" + i)), random);
    }
  }
}
