package dev.homeport.server.transport;

import java.time.Duration;

/// How many sessions of the legacy era there may be, and how long one lives that nobody uses.
///
/// @param ofOne the most sessions of one principal
/// @param ofAll the most sessions of all
/// @param idle after so long without a request, a call at work or an open stream one ends
public record SessionLimits(int ofOne, int ofAll, Duration idle) {
  /// The limits where nothing is configured.
  public static final SessionLimits DEFAULT = new SessionLimits(1_024, 8_192, Duration.ofHours(4));

  /// Checks that there is room for a session.
  public SessionLimits {
    if (ofOne < 1 || ofAll < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "%d sessions of one, %d of all, idle for %s: each must be positive"
              .formatted(ofOne, ofAll, idle));
    }
  }
}
