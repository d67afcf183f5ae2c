package dev.homeport.server;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// A Homeport that is being wired on a thread of its own, while its client is already answered.
/// Thread-safe.
final class Opening {
  private final FutureTask<Homeport> task;

  private Opening(Callable<Homeport> wiring) {
    task = new FutureTask<>(wiring);
  }

  /// Begins to wire.
  static Opening start(Callable<Homeport> wiring) {
    var opening = new Opening(wiring);
    Thread.ofPlatform().daemon().name("open").start(opening.task);
    return opening;
  }

  /// The Homeport, once it is wired.
  Homeport get() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException("Homeport could not be wired", bug.getCause());
    }
  }

  /// Does something with the Homeport once it is wired, unless the thread is interrupted before.
  void then(Consumer<Homeport> next) {
    try {
      next.accept(get());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
