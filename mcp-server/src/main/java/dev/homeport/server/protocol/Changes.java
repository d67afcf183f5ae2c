package dev.homeport.server.protocol;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells those who want to know that a list has changed. Thread-safe.
public final class Changes {
  private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean isOver;

  /// An end to listening.
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /// Has a listener told of changes from now on, in the thread that tells, which it must not hold.
  public Registration listen(Consumer<Topic> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// Tells that lists have changed.
  public void announce(Topic... topics) {
    for (Topic topic : topics) {
      listeners.forEach(listener -> listener.accept(topic));
    }
  }

  /// Tells all listeners a last time, so that those that wait see that it is over.
  public void end() {
    isOver = true;
    announce(Topic.values());
  }

  /// Whether nothing comes any more.
  public boolean isOver() {
    return isOver;
  }
}
