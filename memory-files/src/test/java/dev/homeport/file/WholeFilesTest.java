package dev.homeport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Readers while a file is rewritten ten thousand times.
@Timeout(300)
class WholeFilesTest {
  private static final int REWRITES = 10_000;

  @TempDir Path root;

  @Test
  void neverShowsAReaderAShortFile() throws Exception {
    String small = "a".repeat(5_000);
    String large = "b".repeat(30_000);
    List<String> contents = List.of(sha(small), sha(large));
    var workspace = Workspace.open(root);
    var files = WorkspaceFiles.of(workspace);
    WorkspacePath path = workspace.path("file");
    files.write(path, small, Precondition.NONE);
    var isDone = new AtomicBoolean();
    var reads = new AtomicLong();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ours =
          threads.submit(
              until(
                  isDone,
                  reads,
                  () -> {
                    var text = (ReadOutcome.Text) files.read(path, Slice.ALL);
                    assertThat(sha(text.text())).isIn(contents);
                    assertThat(text.whole().sha256()).contains(sha(text.text()));
                    return text;
                  }));
      var others =
          threads.submit(
              until(
                  isDone,
                  reads,
                  () -> {
                    byte[] bytes = Files.readAllBytes(root.resolve("file"));
                    assertThat(Sha256.hex(bytes)).isIn(contents);
                    return bytes;
                  }));
      try {
        for (int i = 1; i <= REWRITES; i++) {
          assertThat(files.write(path, i % 2 == 0 ? small : large, Precondition.NONE))
              .isInstanceOf(FileOutcome.Done.class);
        }
      } finally {
        isDone.set(true);
      }
      ours.get();
      others.get();
    }
    assertThat(reads.get()).isGreaterThan(1_000);
  }

  private static Callable<Void> until(AtomicBoolean isDone, AtomicLong reads, Callable<?> read) {
    return () -> {
      while (!isDone.get()) {
        read.call();
        reads.incrementAndGet();
      }
      return null;
    };
  }

  private static String sha(String content) {
    return Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
  }
}
