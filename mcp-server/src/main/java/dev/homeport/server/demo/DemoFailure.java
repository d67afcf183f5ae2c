package dev.homeport.server.demo;

import java.io.Serial;

/// An expectation that did not hold; the message says which, for a person.
final class DemoFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
