package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.delete;
import static dev.homeport.memory.MemoryFixture.insert;
import static dev.homeport.memory.MemoryFixture.make;
import static dev.homeport.memory.MemoryFixture.rename;
import static dev.homeport.memory.MemoryFixture.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryQuotaTest {
  private static final MemoryLimits SMALL = new MemoryLimits(60, 10, 100, 16_000, 200, 25_000);

  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary, SMALL);
  }

  @Test
  void theDefaultsBindNowhereBelowTheDocumentedLimits() {
    assertThat(MemoryLimits.DEFAULT.fileBytes()).isGreaterThanOrEqualTo(102_400);
    assertThat(MemoryLimits.DEFAULT.files()).isEqualTo(2_000);
    assertThat(MemoryLimits.DEFAULT.viewCharacters()).isEqualTo(16_000);
    assertThat(MemoryLimits.DEFAULT.treeBytes()).isGreaterThanOrEqualTo(102_400L * 2_000);
    assertThatThrownBy(() -> new MemoryLimits(1, 1, 0, 16_000, 200, 25_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAFileThatWouldFillTheTree() throws Exception {
    memory.done(make("/memories/a", "a".repeat(60)));

    assertThat(memory.refused(make("/memories/b", "ü".repeat(21))))
        .isEqualTo(
            "Error: /memories would hold 102 bytes, but may hold at most 100; shorten or delete"
                + " some first.");
    memory.done(make("/memories/b", "ü".repeat(20)));
    memory.done(make("/memories/user/c", "the user's tree is one of its own"));
  }

  @Test
  void refusesThatAFileGrowsInAFullTreeButLetsItShrink() throws Exception {
    memory.done(make("/memories/a", "a".repeat(60)));
    memory.done(make("/memories/b", "b".repeat(40)));

    assertThat(memory.refused(insert("/memories/b", 0, "x"))).contains("may hold at most 100");
    assertThat(memory.refused(replace("/memories/b", "b".repeat(40), "b".repeat(41))))
        .contains("would hold 101 bytes");
    memory.done(replace("/memories/b", "b".repeat(40), "c".repeat(40)));
    memory.done(replace("/memories/a", "a".repeat(60), "a"));
    memory.done(delete("/memories/b"));
    memory.done(make("/memories/c", "c".repeat(60)));
  }

  @Test
  void countsWhatIsMovedIntoATree() throws Exception {
    memory.done(make("/memories/a", "a".repeat(60)));
    memory.done(make("/memories/user/b", "b".repeat(60)));

    assertThat(memory.refused(rename("/memories/user/b", "/memories/b")))
        .contains("would hold 120 bytes");
    assertThat(memory.user.resolve("b")).exists();
  }

  @Test
  void countsWhatIsRemembered() throws Exception {
    var limits = new MemoryLimits(1_000, 10, 300, 16_000, 200, 25_000);
    var roomy = new MemoryFixture(temporary.resolve("roomy"), limits);
    var fact = new Fact("one", "when", Fact.Type.PROJECT, "b".repeat(10));

    assertThat(roomy.store.remember(MemoryScope.PROJECT, fact, Change.UNCONDITIONAL))
        .isInstanceOf(RememberOutcome.Remembered.class);
    assertThat(
            roomy.store.remember(
                MemoryScope.PROJECT,
                new Fact("two", "when", Fact.Type.PROJECT, "b".repeat(200)),
                Change.UNCONDITIONAL))
        .isInstanceOfSatisfying(
            RememberOutcome.Refused.class,
            refused -> assertThat(refused.text()).contains("may hold at most 300"));
    assertThat(roomy.project.resolve("two.md")).doesNotExist();
    assertThat(roomy.content("MEMORY.md")).doesNotContain("two");
  }

  @Test
  void holdsTheBytesAgainstParallelGrowth() throws Exception {
    for (int i = 0; i < 8; i++) {
      memory.done(make("/memories/f" + i, "1234567890"));
    }
    var tasks = new ArrayList<Callable<MemoryOutcome>>();
    for (int i = 0; i < 8; i++) {
      var command = replace("/memories/f" + i, "1234567890", "1234567890 1234");
      tasks.add(() -> memory.run(command));
    }

    int grown = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(tasks)) {
        grown += future.get() instanceof MemoryOutcome.Done ? 1 : 0;
      }
    }

    assertThat(grown).isEqualTo(4);
  }
}
