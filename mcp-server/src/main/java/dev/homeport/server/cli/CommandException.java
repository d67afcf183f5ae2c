package dev.homeport.server.cli;

import java.io.Serial;

/// A command cannot do what it was asked; the message is one line for a person.
final class CommandException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  /// @param exitCode one of [ExitCodes]
  CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
