package dev.homeport.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Asks the person at the terminal for leave.
final class Question {
  private final Surroundings surroundings;
  private final BufferedReader answers;

  Question(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.answers =
        new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
  }

  /// Whether the answer is yes; silence, as at the end of the input, is a no.
  boolean ask(String question) throws IOException {
    surroundings.err().print(question + " [y/N] ");
    surroundings.err().flush();
    String answer = answers.readLine();
    if (answer == null) {
      surroundings.err().println();
      return false;
    }
    String word = answer.strip().toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }
}
