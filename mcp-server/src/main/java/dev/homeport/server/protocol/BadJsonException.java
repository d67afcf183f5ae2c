package dev.homeport.server.protocol;

import java.io.Serial;

/// Bytes that are no JSON, or JSON that is deeper or has longer numbers than is taken.
public final class BadJsonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BadJsonException(String reason) {
    super(reason);
  }

  BadJsonException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
