package dev.homeport.sandbox.session;

import java.time.Duration;

/// Freezes sandboxes that nobody uses.
final class Sleeper implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Thread thread;

  private Sleeper(Thread thread) {
    this.thread = thread;
  }

  /// @param idle after how long without use
  static Sleeper start(NamedSandboxes sandboxes, Duration idle) {
    return new Sleeper(
        Thread.ofVirtual()
            .name("sandbox-sleep")
            .start(() -> {
              try {
                while (true) {
                  Thread.sleep(LOOK_EVERY);
                  sandboxes.sleepAfter(idle);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
