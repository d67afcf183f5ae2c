package dev.homeport.plan;

import java.io.Serial;

/// A change that does not fit the plan; the message says why and what would.
final class RejectedChangeException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  RejectedChangeException(String message) {
    super(message);
  }
}
