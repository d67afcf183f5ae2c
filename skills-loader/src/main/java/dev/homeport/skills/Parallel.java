package dev.homeport.skills;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Works on many items at once, on one thread of the system for each processor.
///
/// The work is mostly computing. On virtual threads it would keep the few carriers from everything
/// else, such as the answer to a handshake.
final class Parallel {
  private static final int FEW = 16;

  private Parallel() {}

  /// The results in the order of the items.
  ///
  /// @param limitSeconds how long to wait; what has no result by then is empty
  static <T, R> List<Optional<R>> map(List<T> items, Function<T, R> work, long limitSeconds)
      throws InterruptedException {
    if (items.size() <= FEW) {
      return items.stream().map(work).map(Optional::of).toList();
    }
    var results = new AtomicReferenceArray<R>(items.size());
    var next = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          for (int i = next.getAndIncrement();
              i < items.size() && !Thread.currentThread().isInterrupted();
              i = next.getAndIncrement()) {
            results.set(i, work.apply(items.get(i)));
          }
          return true;
        };
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("skills-", 0).factory());
    try {
      for (var ended :
          executor.invokeAll(
              Collections.nCopies(threads, worker), limitSeconds, TimeUnit.SECONDS)) {
        if (ended.state() == Future.State.FAILED) {
          throw new IllegalStateException(ended.exceptionNow());
        }
      }
    } finally {
      executor.shutdownNow();
    }
    return IntStream.range(0, items.size())
        .mapToObj(i -> Optional.ofNullable(results.get(i)))
        .toList();
  }
}
