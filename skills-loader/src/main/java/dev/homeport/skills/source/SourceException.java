package dev.homeport.skills.source;

import java.io.IOException;
import java.io.Serial;

/// A source of skills cannot be used as it was asked for; the message says why and what to do next,
/// in words for a person and without any secret.
public final class SourceException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /// Says why and what to do.
  public SourceException(String message) {
    super(message);
  }

  /// The same, with what failed below for the log.
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
