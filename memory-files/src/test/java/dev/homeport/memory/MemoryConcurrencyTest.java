package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.delete;
import static dev.homeport.memory.MemoryFixture.make;
import static dev.homeport.memory.MemoryFixture.rename;
import static dev.homeport.memory.MemoryFixture.replace;
import static dev.homeport.memory.MemoryFixture.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MemoryConcurrencyTest {
  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary);
  }

  private static String slots(String word, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> word + " " + i + ".\n")
        .collect(Collectors.joining());
  }

  /// Runs a command for each number from 1 in parallel and counts successes.
  private long successes(int count, IntFunction<MemoryCommand> command) throws Exception {
    var calls = new ArrayList<Callable<MemoryOutcome>>();
    for (int i = 1; i <= count; i++) {
      MemoryCommand each = command.apply(i);
      calls.add(() -> memory.run(each));
    }
    long successes = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<MemoryOutcome> call : threads.invokeAll(calls)) {
        successes += call.get() instanceof MemoryOutcome.Done ? 1 : 0;
      }
    }
    return successes;
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 200})
  void keepsAllParallelEditsOfOneFile(int count) throws Exception {
    memory.file("a", slots("slot", count));

    long successes =
        successes(count, i -> replace("/memories/a", "slot " + i + ".", "done " + i + "."));

    assertThat(successes).isEqualTo(count);
    assertThat(memory.content("a")).isEqualTo(slots("done", count));
  }

  @Test
  void keepsAllEditsOfSeveralProcesses() throws Exception {
    memory.file("a", slots("slot", 150));
    String root = temporary.resolve("workspace").toString();

    var children =
        List.of(
            ChildJvm.start(MemoryChild.class, root, "1", "50"),
            ChildJvm.start(MemoryChild.class, root, "51", "100"));
    long own =
        successes(
            50,
            i ->
                replace(
                    "/memories/a", "slot %d.".formatted(i + 100), "done %d.".formatted(i + 100)));

    assertThat(own).isEqualTo(50);
    for (Process child : children) {
      assertThat(ChildJvm.output(child).strip()).isEqualTo("50");
    }
    assertThat(memory.content("a")).isEqualTo(slots("done", 150));
  }

  @Test
  void letsExactlyOneHaveTheSameAnchor() throws Exception {
    memory.file("a", slots("slot", 40));
    String root = temporary.resolve("workspace").toString();

    Process child = ChildJvm.start(MemoryChild.class, root, "1", "40");
    long own = 0;
    for (int i = 40; i >= 1; i--) {
      int slot = i;
      own += successes(4, n -> replace("/memories/a", "slot " + slot + ".", "done " + slot + "."));
    }

    assertThat(own + Integer.parseInt(ChildJvm.output(child).strip())).isEqualTo(40);
    assertThat(memory.content("a")).isEqualTo(slots("done", 40));
  }

  @Test
  void makesAFileOnlyOnce() throws Exception {
    assertThat(successes(30, i -> make("/memories/new/file", "text " + i))).isEqualTo(1);
  }

  @Test
  void renamesADirectoryBetweenEditsWithoutLosingOne() throws Exception {
    memory.file("d/a", slots("slot", 60));

    successes(
        60,
        i ->
            switch (i % 6) {
              case 0 -> rename("/memories/d", "/memories/e");
              case 3 -> rename("/memories/e", "/memories/d");
              default -> replace("/memories/d/a", "slot " + i + ".", "done " + i + ".");
            });
    memory.run(rename("/memories/e", "/memories/d"));
    long rest = successes(60, i -> replace("/memories/d/a", "slot " + i + ".", "done " + i + "."));

    assertThat(memory.content("d/a")).isEqualTo(slots("done", 60));
    assertThat(rest).isBetween(20L, 60L);
    assertThat(memory.project.resolve("e")).doesNotExist();
  }

  @Test
  void bringsNothingBackThatWasDeleted() throws Exception {
    for (int round = 0; round < 10; round++) {
      memory.file("d/a", slots("slot", 20));

      successes(
          20,
          i ->
              i == 10
                  ? delete("/memories/d")
                  : replace("/memories/d/a", "slot " + i + ".", "done " + i + "."));

      assertThat(memory.project.resolve("d")).doesNotExist();
    }
  }

  @Test
  void neverShowsAReaderHalfAFile() throws Exception {
    String text = "x".repeat(10_000);
    memory.file("a", "0" + text);
    var isDone = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shortest =
          threads.submit(() -> {
            int least = Integer.MAX_VALUE;
            while (!isDone.get()) {
              least = Math.min(least, memory.run(view("/memories/a")).text().length());
            }
            return least;
          });
      int whole = memory.run(view("/memories/a")).text().length();
      try {
        for (int i = 0; i < 2_000; i++) {
          memory.done(replace("/memories/a", (i % 2) + "x", ((i + 1) % 2) + "x"));
        }
      } finally {
        isDone.set(true);
      }

      assertThat(shortest.get()).isEqualTo(whole);
    }
  }
}
