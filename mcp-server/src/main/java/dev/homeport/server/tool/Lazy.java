package dev.homeport.server.tool;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A library that is opened on first use, once; a failed opening is tried again by the next call.
///
/// Thread-safe: threads that come while it is being opened wait for it.
///
/// @param <T> what is opened
public final class Lazy<T> {
  /// Opens it.
  @FunctionalInterface
  public interface Opener<T> {
    /// Opens it; called under a lock.
    T open() throws IOException, InterruptedException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Opener<? extends T> opener;
  private volatile @Nullable T value;

  private Lazy(Opener<? extends T> opener) {
    this.opener = opener;
  }

  /// Not opened yet.
  public static <T> Lazy<T> of(Opener<? extends T> opener) {
    return new Lazy<>(opener);
  }

  /// The library, opened now if it is the first call.
  public T get() throws IOException, InterruptedException {
    T opened = value;
    if (opened != null) {
      return opened;
    }
    lock.lockInterruptibly();
    try {
      opened = value;
      if (opened == null) {
        opened = opener.open();
        value = opened;
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /// The library if it was opened; for closing it.
  public Optional<T> opened() {
    return Optional.ofNullable(value);
  }
}
