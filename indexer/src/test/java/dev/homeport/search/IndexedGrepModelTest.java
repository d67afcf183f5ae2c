package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares a grep by an index with a scan of the disk, while the tree changes at random.
class IndexedGrepModelTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36})
  void findsWhatAScanDoes(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    RandomTree.write(root, random);
    var edits = new RandomEdits(root, random);
    var workspace = Workspace.open(root);
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, directory.resolve("index"), 0)) {
      assertThat(files.awaitReady(Duration.ofSeconds(20))).isTrue();
      int known = 0;
      for (int i = 0; i < 60; i++) {
        String what = i % 15 == 0 ? "nothing" : edits.change();
        if (i % 15 == 0) {
          assertThat(indexed.awaitIndexed(Duration.ofSeconds(20))).isTrue();
          known = Math.max(known, indexed.status().indexedFiles());
        }
        FileScope scope = scopes(random).get(random.nextInt(6));
        var order = random.nextBoolean() ? FileOrder.PATH : FileOrder.MODIFIED;
        GrepRequest grep =
            GrepRequest.of(RandomTree.pattern(random)).scope(scope).order(order).build();
        String when = "seed %d, change %d: %s, %s".formatted(seed, i, what, grep);

        assertThat(Grep.over(workspace, indexed).search(grep))
            .as(when)
            .isEqualTo(Grep.over(workspace).search(grep));
      }
      assertThat(known).as("files that were indexed at some time").isPositive();
    }
  }

  private static List<FileScope> scopes(Random random) {
    return List.of(
        FileScope.WORKSPACE,
        FileScope.WORKSPACE,
        FileScope.WORKSPACE.withHidden(true),
        FileScope.WORKSPACE.withHidden(true).withIgnored(true),
        FileScope.WORKSPACE.withIgnored(true).withGlobs(RandomTree.glob(random)),
        FileScope.WORKSPACE.withTypes("java"));
  }
}
