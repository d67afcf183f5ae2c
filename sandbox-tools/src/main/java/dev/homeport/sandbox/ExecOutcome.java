package dev.homeport.sandbox;

import java.time.Duration;

/// How an execute ended.
public sealed interface ExecOutcome {
  /// The command ended by itself.
  ///
  /// @param code its exit status
  record Exited(int code, ExecOutput output) implements ExecOutcome {}

  /// A signal ended the command: its status was 128 + n, as shells report it.
  ///
  /// @param signal the number of the signal
  record Signalled(int signal, ExecOutput output) implements ExecOutcome {}

  /// The time was up, and every process of the command was killed.
  ///
  /// @param limit the time it had
  record TimedOut(Duration limit, ExecOutput output) implements ExecOutcome {}

  /// The command failed because the sandbox ran out of memory.
  record OutOfMemory(ExecOutput output) implements ExecOutcome {}

  /// The sandbox died under the command. The next execute makes a new one.
  ///
  /// @param reason what is known about it
  record Lost(String reason, ExecOutput output) implements ExecOutcome {}

  /// Nothing was run.
  ///
  /// @param reason what was wrong with the request or this machine, and what to do about it
  record Refused(String reason) implements ExecOutcome {}
}
