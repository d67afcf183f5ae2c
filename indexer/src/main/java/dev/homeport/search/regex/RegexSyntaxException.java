package dev.homeport.search.regex;

import java.io.Serial;

/// A pattern that cannot be searched for, told so that its author can repair it.
public final class RegexSyntaxException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int position;
  private final String advice;

  RegexSyntaxException(int position, String problem, String advice) {
    super(problem);
    this.position = position;
    this.advice = advice;
  }

  /// Where the construct begins: 0-based, in characters of the pattern.
  public int position() {
    return position;
  }

  /// What to write instead; may be empty.
  public String advice() {
    return advice;
  }
}
