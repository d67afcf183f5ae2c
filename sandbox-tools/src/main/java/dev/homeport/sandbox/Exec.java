package dev.homeport.sandbox;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// A command that runs, or has run, in a sandbox.
public interface Exec {
  /// Standard output and standard error together, in the order in which they came.
  ///
  /// It ends when the command and all it started have ended. For one reader; it must be read, or
  /// the command stalls, and closed, or the sandbox keeps what it knows about the command.
  InputStream output();

  /// Waits for the command to end, and for what it left behind to be killed.
  ///
  /// @return empty if it still runs after the limit
  Optional<ExecEnd> await(Duration limit) throws InterruptedException;

  /// By what another server can ask the sandbox for this command after this one was killed; empty
  /// if none can.
  default Optional<String> handle() {
    return Optional.empty();
  }

  /// What it used, once it has ended, if that is known.
  default Optional<ExecUsage> usage() {
    return Optional.empty();
  }

  /// Kills the command and every process that it started, daemons included; does nothing if it has
  /// ended.
  void kill();
}
