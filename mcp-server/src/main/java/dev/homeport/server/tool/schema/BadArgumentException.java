package dev.homeport.server.tool.schema;

import java.io.Serial;

/// Arguments that do not fit a tool's schema. The message is written for the agent that sent them:
/// it names the argument, what is expected, and an example.
public final class BadArgumentException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// Says which argument is wrong and what would be right.
  public BadArgumentException(String message) {
    super(message);
  }
}
