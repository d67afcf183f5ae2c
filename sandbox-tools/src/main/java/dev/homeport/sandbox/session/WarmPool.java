package dev.homeport.sandbox.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;

/// Sandboxes that were made before anybody asked, and are frozen until then. Thread-safe.
final class WarmPool implements AutoCloseable {
  private final Provisioner provisioner;
  private final int size;
  private final ConcurrentLinkedDeque<LiveSandbox> ready = new ConcurrentLinkedDeque<>();
  private final ReentrantLock filling = new ReentrantLock();
  private volatile boolean closed;

  /// Makes none before the first one is asked for.
  WarmPool(Provisioner provisioner, int size) {
    this.provisioner = provisioner;
    this.size = size;
  }

  /// One that is ready, if there is one; the next one is made in the background.
  Optional<LiveSandbox> take() throws IOException {
    LiveSandbox found = ready.poll();
    while (found != null && !found.sandbox().isAlive()) {
      found.close();
      found = ready.poll();
    }
    if (size > 0) {
      Thread.ofVirtual().name("sandbox-pool").start(this::fill);
    }
    return Optional.ofNullable(found);
  }

  /// How many are ready.
  int ready() {
    return ready.size();
  }

  private void fill() {
    filling.lock();
    try {
      while (!closed && ready.size() < size) {
        LiveSandbox made = provisioner.make();
        made.name("", "");
        made.sleepAfter(Duration.ZERO);
        ready.add(made);
      }
    } catch (IOException e) {
      System.getLogger(WarmPool.class.getName())
          .log(Level.WARNING, "no sandbox was made ready; the next one is made when needed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      filling.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    filling.lock();
    try {
      for (LiveSandbox found = ready.poll(); found != null; found = ready.poll()) {
        found.close();
      }
    } finally {
      filling.unlock();
    }
  }
}
