package dev.homeport.sandbox.egress.http;

import java.io.IOException;
import java.io.Serial;

/// A message that is not HTTP/1.1, or that two readers could take for two different ones.
public final class BadMessageException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public BadMessageException(String message) {
    super(message);
  }
}
