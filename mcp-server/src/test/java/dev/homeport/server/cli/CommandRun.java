package dev.homeport.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What came of a command that ran in this process.
record CommandRun(int exit, String out, String err) {
  /// Runs a command in a directory, whose subdirectory `home` is the home.
  static CommandRun in(Path directory, String input, String... arguments) {
    return in(directory, input, Map.of(), arguments);
  }

  /// The same with environment variables.
  static CommandRun in(
      Path directory, String input, Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            directory,
            directory.resolve("home"),
            Optional.of(Path.of("/opt/my homeport/homeport")),
            Optional.empty());
    int exit = Cli.run(surroundings, arguments);
    return new CommandRun(exit, out.toString(UTF_8), err.toString(UTF_8));
  }
}
