package dev.homeport.memory;

import java.io.Serial;

/// Leaves a command half-way; [MemoryStore] makes a [MemoryOutcome.Refused] of it.
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String text;

  RefusedException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  String text() {
    return text;
  }
}
