package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.insert;
import static dev.homeport.memory.MemoryFixture.make;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MemoryGrowthTest {
  /// A reach of 3,200 bytes, of which a process may use 200 without counting.
  private static final MemoryLimits LIMITS =
      new MemoryLimits(20_000, 100, 32_000, 16_000, 200, 25_000);

  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary, LIMITS);
  }

  @Test
  void growsAFileWhileAnotherHoldsTheLockOfTheTree() throws Exception {
    memory.done(make("/memories/a", "text\n"));
    var workspace = Workspace.open(temporary.resolve("workspace"));
    var top = workspace.path(".homeport/memory");

    try (var _ = workspace.lock(List.of(top));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var edit = threads.submit(() -> memory.done(insert("/memories/a", 0, "more\n")));
      assertThat(edit.get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS))
          .startsWith("The file /memories/a has been edited.");
    }
  }

  @Test
  void refusesExactlyAtTheLimitOnceItIsNear() throws Exception {
    fill(31_900);

    memory.done(insert("/memories/grows", 0, "x".repeat(99)));
    assertThat(memory.refused(insert("/memories/grows", 0, "x")))
        .contains("would hold 32,002 bytes, but may hold at most 32,000");
  }

  @Test
  void countsAgainAfterAProcessHasUsedItsShare() throws Exception {
    fill(28_000);
    memory.done(insert("/memories/grows", 0, "x".repeat(149)));
    Files.writeString(memory.project.resolve("outside"), "o".repeat(3_850));

    memory.done(insert("/memories/grows", 0, "x".repeat(49)));
    assertThat(memory.refused(insert("/memories/grows", 0, "x")))
        .contains("would hold 32,052 bytes");
  }

  @Test
  void passesTheLimitByAShareForEachProcessAtMost() throws Exception {
    fill(24_000);
    var calls = new ArrayList<Callable<Void>>();
    for (int store = 0; store < 4; store++) {
      String path = "/memories/of" + store;
      memory.done(make(path, "\n"));
      // A store of its own counts for itself, as another process does.
      var other = new MemoryFixture(temporary, LIMITS);
      calls.add(() -> growUntilRefused(other, path));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        call.get();
      }
    }

    assertThat(bytes()).isBetween(32_000L - 40, 32_000L + 4 * 200);
  }

  private static Void growUntilRefused(MemoryFixture store, String path) throws Exception {
    while (store.run(insert(path, 0, "x".repeat(30))) instanceof MemoryOutcome.Done) {
      Thread.onSpinWait();
    }
    return null;
  }

  /// Fills the tree up to some bytes, one of which is in the file `grows`.
  private void fill(int bytes) throws Exception {
    memory.done(make("/memories/grows", "\n"));
    memory.done(make("/memories/fills", "f".repeat(bytes / 2)));
    memory.done(make("/memories/fills2", "f".repeat(bytes - 1 - bytes / 2)));
  }

  private long bytes() throws IOException {
    try (var files = Files.list(memory.project)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
