package dev.homeport.sandbox.agent;

import dev.homeport.sandbox.ExecEnd;
import java.io.IOException;

/// Says what the end of a command means in its sandbox.
@FunctionalInterface
public interface Verdict {
  /// Takes the status as it is.
  Verdict PLAIN = ExecEnd.Status::new;

  /// Judges a status; asked once, by whoever waits for the end first.
  ///
  /// @param status as a shell gives it: 128 + n stands for signal n
  ExecEnd of(int status) throws IOException, InterruptedException;
}
