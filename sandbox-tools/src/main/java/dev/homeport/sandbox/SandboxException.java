package dev.homeport.sandbox;

import java.io.IOException;
import java.io.Serial;

/// A request that the sandboxes refused or could not fulfil.
///
/// The message is written for the agent that asked and says what to do next.
public final class SandboxException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /// Why the request was not fulfilled.
  public enum Kind {
    /// No backend works on this machine.
    NO_BACKEND,
    /// There is no sandbox, process or executor of that name.
    NOT_FOUND,
    /// A sandbox of that name is there already.
    ALREADY_EXISTS,
    /// The request breaks a limit.
    TOO_LARGE,
    /// The sandbox refused, for example because of permissions.
    FAILED,
    /// The sandbox or its engine is gone.
    LOST
  }

  private final Kind kind;

  /// Says why and what to do, in words that an agent may see.
  public SandboxException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// Says why and what to do, and keeps the engine's own error for the log.
  public SandboxException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// Why the request was not fulfilled.
  public Kind kind() {
    return kind;
  }
}
