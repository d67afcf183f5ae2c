package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every tool that takes a path, while a directory on that path turns into a link and back.
@Timeout(300)
class PathRaceTest {
  private static final int OPERATIONS = 10_000;
  private static final int CALLERS = 4;

  @TempDir Path temporary;

  @Test
  void isNotLedOutWhileADirectoryFlipsIntoALink() throws Exception {
    try (var ground = new AttackGround(temporary);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AttackGround.file(ground.outside.resolve("sub/secret.txt"), AttackGround.SECRET);
      AttackGround.file(ground.outside.resolve("sub/CLAUDE.md"), AttackGround.SECRET);
      AttackGround.file(ground.outside.resolve("task_plan.md"), AttackGround.SECRET);
      AttackGround.file(ground.outside.resolve("notes.md"), AttackGround.SECRET);
      ground.remember();
      List<Path> flipping =
          List.of(
              ground.workspace,
              ground.workspace.resolve(".homeport/memory"),
              ground.workspace.resolve(".planning"),
              ground.workspace.resolve(".claude/skills/probe"));
      var isDone = new AtomicBoolean();
      var flips = threads.submit(() -> flip(flipping, ground.outside, isDone));
      var done = new AtomicInteger();
      try {
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          callers.add(threads.submit(() -> callAll(ground, done)));
        }
        for (Future<?> caller : callers) {
          caller.get();
        }
      } finally {
        isDone.set(true);
      }

      assertThat(done.get()).isGreaterThanOrEqualTo(OPERATIONS);
      assertThat(flips.get()).isGreaterThan(1_000);
      ground.assertNothingEscaped("the race");
    }
  }

  private static Void callAll(AttackGround ground, AtomicInteger done) throws Exception {
    var probes = new ArrayList<>(Probe.all("flip/sub/secret.txt"));
    probes.addAll(Probe.all("flip"));
    probes.add(new Probe("wake", Map.of("directory", "flip/sub"), Probe.Kind.OTHER));
    while (true) {
      for (Probe probe : probes) {
        if (done.getAndIncrement() >= OPERATIONS) {
          return null;
        }
        ground.call(probe);
      }
    }
  }

  private static int flip(List<Path> parents, Path outside, AtomicBoolean isDone)
      throws IOException {
    int flips = 0;
    while (!isDone.get()) {
      for (Path parent : parents) {
        Path link = Files.createSymbolicLink(parent.resolve("new-link"), outside);
        put(link, parent.resolve("flip"));
        AttackGround.file(parent.resolve("new-real/sub/secret.txt"), "inside\n");
        put(parent.resolve("new-real"), parent.resolve("flip"));
        flips++;
      }
    }
    return flips;
  }

  /// Renames, after putting away what stands there or what a call makes there meanwhile.
  private static void put(Path source, Path target) throws IOException {
    while (true) {
      Path aside = target.resolveSibling("aside-" + System.nanoTime());
      try {
        Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        discard(aside);
      } catch (NoSuchFileException e) {
        // A call has moved or deleted it: all the better.
      }
      try {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException e) {
        assertThat(source).exists();
      }
    }
  }

  /// Deletes what a call may still be writing into, as far as that goes.
  private static void discard(Path aside) throws IOException {
    if (Files.isSymbolicLink(aside)) {
      Files.delete(aside);
      return;
    }
    try (var files = Files.walk(aside)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (FileSystemException | UncheckedIOException e) {
      assertThat(aside.toString()).contains("aside-");
    }
  }
}
