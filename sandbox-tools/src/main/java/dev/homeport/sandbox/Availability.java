package dev.homeport.sandbox;

/// Whether a backend can make sandboxes on this machine.
public sealed interface Availability {
  /// It can.
  ///
  /// @param detail what it found, such as a version
  record Available(String detail) implements Availability {}

  /// It cannot.
  ///
  /// @param reason what is missing or blocked
  /// @param remedy what a person can do about it, such as an install command
  record Unavailable(String reason, String remedy) implements Availability {}
}
