package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A limit on the size of files stands for a disk that is full: writing fails in the same way.
@Timeout(120)
class FullDiskTest {
  /// In blocks of 512 bytes.
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -S -f 64 && exec \"$@\"", "sh");

  private final Random random = new Random(23);

  @TempDir Path directory;

  @Test
  void searchesWithoutAnIndexUntilThereIsRoomForOne() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    RandomTree.write(root, random);
    byte[] letters = new byte[1 << 20];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) (i % 80 == 79 ? '\n' : 'a' + random.nextInt(26));
    }
    Files.write(root.resolve("large.txt"), letters);
    Path log = directory.resolve("log");
    try (var process = SearchProcess.start(LIMITED, root, directory.resolve("index"), log)) {
      while (!process.ask("state").equals("UNAVAILABLE")) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertExact(process, root);

      String id = String.valueOf(process.process().pid());
      assertThat(new ProcessBuilder("prlimit", "--pid", id, "--fsize=unlimited").start().waitFor())
          .isZero();
      assertThat(process.ask("await")).isEqualTo("true");
      assertThat(process.ask("state")).isEqualTo("READY");
      assertExact(process, root);
    }
    assertThat(Files.readString(log)).contains("index=unavailable, files are scanned");
  }

  private void assertExact(SearchProcess process, Path root) throws Exception {
    Grep scan = Grep.over(Workspace.open(root));
    for (int i = 0; i < 10; i++) {
      String pattern = RandomTree.pattern(random);
      process.assertFinds(pattern, SearchChild.found(scan, pattern), "search " + i);
    }
  }
}
