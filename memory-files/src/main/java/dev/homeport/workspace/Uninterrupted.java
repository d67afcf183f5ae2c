package dev.homeport.workspace;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/// Work on files that an interrupt may disturb but not end.
///
/// An interrupt closes the channel that its thread is using. So the work is done again, and the
/// interrupt is kept for the next wait of the thread.
public final class Uninterrupted {
  private Uninterrupted() {}

  /// Something that can be done again if an interrupt ended it.
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    /// Does it, opening anew whatever an interrupt has closed.
    T run() throws IOException, InterruptedException;
  }

  /// Does the work until no interrupt ends it.
  public static <T extends @Nullable Object> T call(Work<T> work) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (InterruptedException | ClosedByInterruptException e) {
          wasInterrupted = true;
          boolean _ = Thread.interrupted();
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
