package dev.homeport.sandbox;

import java.util.ArrayList;
import java.util.List;

/// A way to run an input, known by name.
///
/// @param name what agents call it
/// @param argv the program and its first arguments; the input becomes the last argument
public record Executor(String name, List<String> argv) {
  /// `bash`, `python` and `node`; a sandbox has those whose program it finds.
  public static final List<Executor> STANDARD =
      List.of(
          new Executor("bash", List.of("bash", "-c")),
          new Executor("python", List.of("python3", "-c")),
          new Executor("node", List.of("node", "-e")));

  /// Copies the arguments.
  public Executor {
    if (name.isBlank() || argv.isEmpty()) {
      throw new IllegalArgumentException("an executor needs a name and a program");
    }
    argv = List.copyOf(argv);
  }

  /// The program with all of its arguments for an input.
  public List<String> argvFor(String input) {
    var all = new ArrayList<>(argv);
    all.add(input);
    return all;
  }

  /// The program, by name or path.
  public String program() {
    return argv.getFirst();
  }
}
