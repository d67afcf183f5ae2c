package dev.homeport.server.cli;

import java.util.Optional;

/// One thing that `homeport doctor` looked at.
///
/// @param state how it is
/// @param subject what was looked at, in a word or two
/// @param detail what was found
/// @param remedy what to do about it, if anything
record Finding(State state, String subject, String detail, Optional<String> remedy) {
  /// How a thing is.
  enum State {
    /// It works.
    OK("ok"),
    /// It could be better.
    NOTE("note"),
    /// It is not there; something needs it.
    MISSING("MISSING");

    private final String mark;

    State(String mark) {
      this.mark = mark;
    }

    String mark() {
      return mark;
    }
  }

  static Finding ok(String subject, String detail) {
    return new Finding(State.OK, subject, detail, Optional.empty());
  }

  static Finding note(String subject, String detail, String remedy) {
    return new Finding(State.NOTE, subject, detail, Optional.of(remedy));
  }

  static Finding missing(String subject, String detail, String remedy) {
    return new Finding(State.MISSING, subject, detail, Optional.of(remedy));
  }
}
