package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares a grep by an index with a scan of the disk, while git switches between branches.
@Tag("git")
class BranchSwitchTest {
  private static final int BRANCHES = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void findsWhatIsOnTheBranchAtOnce(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    makeBranches(root, random);
    var workspace = Workspace.open(root);
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, directory.resolve("index"), 0)) {
      assertThat(indexed.awaitIndexed(Duration.ofSeconds(20))).isTrue();
      for (int i = 0; i < 30; i++) {
        String branch = "b" + random.nextInt(BRANCHES);
        git(root, "checkout", "-q", branch);
        GrepRequest grep = GrepRequest.of(RandomTree.pattern(random)).build();

        assertThat(Grep.over(workspace, indexed).search(grep))
            .as("seed %d, switch %d to %s: %s", seed, i, branch, grep)
            .isEqualTo(Grep.over(workspace).search(grep));
        if (i % 5 == 0) {
          assertThat(indexed.awaitIndexed(Duration.ofSeconds(20))).isTrue();
        }
      }
      assertThat(indexed.status().indexedFiles()).isPositive();
    }
  }

  /// Branches that differ in many files, in directories and in ignore files.
  private static void makeBranches(Path root, Random random) throws Exception {
    git(root, "init", "-q");
    for (int i = 0; i < BRANCHES; i++) {
      git(root, "checkout", "-q", "--orphan", "b" + i);
      git(root, "rm", "-rfq", "--ignore-unmatch", ".");
      RandomTree.write(root, random);
      // A directory that git takes for another repository has no place on a branch.
      Files.deleteIfExists(root.resolve("src/.git"));
      git(root, "add", "-Af");
      git(root, "commit", "-qm", "branch " + i, "--allow-empty");
    }
  }

  private static void git(Path root, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of("-c", "advice.addEmbeddedRepo=false"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError("git is missing; install it with: apt-get install git", e);
    }
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }
}
