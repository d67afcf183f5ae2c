package dev.homeport.sandbox.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Removes what dead servers left behind, at once and then again and again.
final class Sweeper implements AutoCloseable {
  /// How long a dead server's sandboxes are left to be adopted, from when it was first found dead.
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Provisioner provisioner;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  Sweeper(Provisioner provisioner) {
    this.provisioner = provisioner;
  }

  /// Starts, or starts anew with another pause.
  void start(Duration pause) {
    replace(Thread.ofVirtual().name("sandbox-sweep").start(() -> sweep(pause)));
  }

  private void replace(@Nullable Thread next) {
    Thread before = thread.getAndSet(next);
    if (before != null) {
      before.interrupt();
    }
  }

  private void sweep(Duration pause) {
    try {
      while (true) {
        sweepOnce();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepOnce() throws InterruptedException {
    try {
      provisioner.sweep(GRACE);
    } catch (IOException e) {
      System.getLogger(Sweeper.class.getName())
          .log(Level.WARNING, "sandboxes of dead servers were not swept; tried again soon", e);
    }
  }

  @Override
  public void close() {
    replace(null);
  }
}
