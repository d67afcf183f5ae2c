package dev.homeport.sandbox;

import java.time.Duration;

/// How long a command may run, and how much of its output is kept.
///
/// @param timeout after this the whole process tree is killed
/// @param headBytes bytes of output kept from its beginning
/// @param tailBytes bytes of output kept from its end
/// @param fileBytes bytes that are kept in a file if head and tail do not hold everything
public record ExecLimits(Duration timeout, int headBytes, int tailBytes, long fileBytes) {
  /// Two minutes, 16 KiB at each end, 256 MiB in the file.
  public static final ExecLimits DEFAULT =
      new ExecLimits(Duration.ofMinutes(2), 16 << 10, 16 << 10, 256L << 20);

  /// Checks that all are positive.
  public ExecLimits {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", but must be positive");
    }
    if (headBytes < 1 || tailBytes < 1 || fileBytes < 1) {
      throw new IllegalArgumentException("output limits must be positive");
    }
  }

  /// The same limits with another timeout.
  public ExecLimits withTimeout(Duration other) {
    return new ExecLimits(other, headBytes, tailBytes, fileBytes);
  }
}
