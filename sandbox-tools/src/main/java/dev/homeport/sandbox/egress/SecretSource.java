package dev.homeport.sandbox.egress;

import java.nio.file.Path;
import java.util.List;

/// Where a secret is read when it is needed. The secret itself is never kept in a configuration.
public sealed interface SecretSource {
  /// A variable of the server's environment.
  ///
  /// @param name the variable
  record Variable(String name) implements SecretSource {
    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /// A file, read at each use.
  ///
  /// @param path an absolute path
  record File(Path path) implements SecretSource {
    /// Checks that the path is absolute.
    public File {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("the file of a secret needs an absolute path");
      }
    }

    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /// What a program prints, without the line's end; asked again after five minutes.
  ///
  /// @param argv the program and its arguments
  record Program(List<String> argv) implements SecretSource {
    /// Copies the arguments.
    public Program {
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("the command of a secret must name a program");
      }
      argv = List.copyOf(argv);
    }

    @Override
    public String toString() {
      return "command:" + argv.getFirst();
    }
  }

  /// Reads `env:NAME` or `file:/path`.
  static SecretSource parse(String text) {
    if (text.startsWith("env:") && text.length() > "env:".length()) {
      return new Variable(text.substring("env:".length()));
    }
    if (text.startsWith("file:/")) {
      return new File(Path.of(text.substring("file:".length())));
    }
    throw new IllegalArgumentException(
        "a secret comes from env:NAME, file:/path or {command: [PROGRAM, …]}");
  }
}
