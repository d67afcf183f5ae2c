package dev.homeport.search.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.tree.TreeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks right after another process has changed something, thousands of times.
class LiveTreeRaceTest {
  private static final int ROUNDS = Integer.getInteger("race.rounds", 2_000);

  /// Writes, moves and makes directories; says after each change what must be seen.
  private static final String WRITER =
      """
      i=1
      while [ $i -le ROUNDS ]; do
        case $((i % 4)) in
          0) printf '%*s' $((i % 90 + 1)) x >f; echo "f $((i % 90 + 1))" ;;
          1) mkdir -p d$((i % 7))/e; printf xy >d$((i % 7))/e/g$i; echo "d$((i % 7))/e/g$i 2" ;;
          2) printf xyz >t; mv t d1/e/moved$i; echo "d1/e/moved$i 3" ;;
          3) rm -rf d5; mv d1 d5; mkdir -p d1/e; printf 1234 >d1/e/h; echo "d1/e/h 4" ;;
        esac
        read -r go
        i=$((i + 1))
      done
      """;

  @TempDir Path directory;

  @Test
  void seesEachChangeThatCameBeforeTheQuestion() throws Exception {
    for (int i = 0; i < 200; i++) {
      Path made = Files.createDirectories(directory.resolve("more" + i % 20 + "/" + i));
      Files.writeString(made.resolve("file"), "");
    }
    int stale = 0;
    try (LiveTree tree = LiveTree.of(directory, null).orElseThrow()) {
      Process writer =
          new ProcessBuilder("sh", "-c", WRITER.replace("ROUNDS", "" + ROUNDS))
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said = writer.inputReader();
          var go = writer.outputWriter()) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          stale += isSeen(tree, line) ? 0 : 1;
          go.write("go\n");
          go.flush();
        }
      }
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    assertThat(stale).isZero();
  }

  private static boolean isSeen(LiveTree tree, String line)
      throws IOException, InterruptedException {
    int space = line.indexOf(' ');
    long bytes = Long.parseLong(line.substring(space + 1));
    return tree.snapshot()
        .table()
        .file(line.substring(0, space))
        .map(TreeFile::bytes)
        .equals(Optional.of(bytes));
  }
}
