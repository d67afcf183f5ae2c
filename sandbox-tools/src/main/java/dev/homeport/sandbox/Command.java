package dev.homeport.sandbox;

import java.io.InputStream;
import java.util.List;

/// A program to run inside a sandbox, in its workspace directory.
///
/// @param argv the program and its arguments, none longer than 120,000 bytes
/// @param stdin what it reads; after the last byte it sees the end of input. The sandbox closes it
public record Command(List<String> argv, InputStream stdin) {
  /// Copies the arguments.
  public Command {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty, but must name a program");
    }
    argv = List.copyOf(argv);
  }

  /// A program with nothing to read.
  public static Command of(String... argv) {
    return new Command(List.of(argv), InputStream.nullInputStream());
  }
}
