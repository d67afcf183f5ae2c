package dev.homeport.sandbox.egress.proxy;

import java.io.IOException;
import java.io.Serial;

/// A request that is not let through; the message says why in a few words.
final class RefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
