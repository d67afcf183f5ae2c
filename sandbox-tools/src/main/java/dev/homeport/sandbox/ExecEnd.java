package dev.homeport.sandbox;

/// How a command ended, as the backend saw it.
public sealed interface ExecEnd {
  /// The command ended by itself or by a signal.
  ///
  /// @param code the status as a shell gives it: 128 + n stands for signal n
  record Status(int code) implements ExecEnd {}

  /// The command failed while the kernel killed a process of the sandbox for want of memory.
  record OutOfMemory() implements ExecEnd {}

  /// The sandbox or its engine went away, so nobody knows how the command ended.
  ///
  /// @param reason what was seen instead of an end
  record Lost(String reason) implements ExecEnd {}
}
