package dev.homeport.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The threads that work for one search. For the thread that asks.
final class ScanThreads implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();

  /// Starts a thread: a platform thread, since the work is computation.
  void start(String name, Runnable work) {
    threads.add(Thread.ofPlatform().daemon().name(name).start(work));
  }

  /// Stops all threads and waits until they are gone.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
