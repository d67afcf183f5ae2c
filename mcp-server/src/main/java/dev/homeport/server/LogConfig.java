package dev.homeport.server;

/// What is logged in sessions, and how.
///
/// @param hashChain whether the lines of session logs carry a chain of hashes
/// @param toolCalls whether each call of a tool is logged as an event
public record LogConfig(boolean hashChain, boolean toolCalls) {
  /// Only what agents emit, without hashes.
  public static final LogConfig DEFAULT = new LogConfig(false, false);
}
