package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a sandbox is in use, and for how long it has not been. Thread-safe.
///
/// A command, waited for or in the background, is a use until it has ended; what is read or written
/// through the sandbox is one as well. Sandboxes have no open ports.
final class Wakefulness {
  /// One use, until it is closed.
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  private final Sandbox sandbox;
  private final ReentrantLock lock = new ReentrantLock();
  private int uses;
  private long unusedSince = System.nanoTime();
  private boolean asleep;

  Wakefulness(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Keeps it from being frozen; commands thaw it by themselves.
  Use begin() {
    lock.lock();
    try {
      uses++;
      asleep = false;
    } finally {
      lock.unlock();
    }
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        end();
      }
    };
  }

  private void end() {
    lock.lock();
    try {
      uses--;
      unusedSince = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /// Freezes it once if it can be frozen and was not used for so long.
  void sleepAfter(Duration idle) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean tired = uses == 0 && System.nanoTime() - unusedSince >= idle.toNanos();
      if (tired && !asleep && sandbox.capabilities().contains(Capability.SLEEP)) {
        sandbox.pause();
        asleep = true;
      }
    } finally {
      lock.unlock();
    }
  }
}
