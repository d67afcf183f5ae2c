package dev.homeport.sandbox;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// A command that runs, or has run, in a sandbox.
public interface Exec {
  /// Standard output and standard error together, in the order in which they came.
  ///
  /// It ends when the command and all it started have ended. For one reader; it must be read, or
  /// the command stalls.
  InputStream output();

  /// Waits for the command to end, and for what it left behind to be killed.
  ///
  /// @return empty if it still runs after the limit
  Optional<ExecEnd> await(Duration limit) throws InterruptedException;

  /// Kills the command and every process that it started, daemons included; does nothing if it has
  /// ended.
  void kill();
}
