package dev.homeport.server.identity;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets so many requests through in a minute; those saved up by silence may come at once, up to a
/// minute's worth. Thread-safe.
public final class RateLimit {
  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final double perMinute;
  private final LongSupplier nanos;
  private double left;
  private long updated;

  /// @param nanos a clock such as [System#nanoTime]
  public RateLimit(long perMinute, LongSupplier nanos) {
    this.perMinute = (double) perMinute;
    this.nanos = nanos;
    this.left = this.perMinute;
    this.updated = nanos.getAsLong();
  }

  /// Takes one request.
  ///
  /// @return how long to wait before the next try; zero if it may pass
  public synchronized Duration take() {
    long now = nanos.getAsLong();
    left = Math.min(perMinute, left + (now - updated) * perMinute / NANOS_PER_MINUTE);
    updated = now;
    if (left >= 1) {
      left--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - left) * NANOS_PER_MINUTE / perMinute));
  }
}
