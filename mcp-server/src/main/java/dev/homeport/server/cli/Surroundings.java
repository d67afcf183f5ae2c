package dev.homeport.server.cli;

import dev.homeport.server.UserDirectories;
import dev.homeport.server.cli.client.KnownClient;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command sees of the process it runs in.
///
/// @param in standard input
/// @param out standard output: results and the protocol, nothing else
/// @param err standard error, for a person
/// @param environment the environment variables
/// @param directory the current directory
/// @param home the user's home
/// @param launcher the `homeport` script, if it started this process
/// @param aotCache where the launcher keeps the start-up cache, whether it is there or not
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    Path home,
    Optional<Path> launcher,
    Optional<Path> aotCache) {

  /// Those of this process.
  ///
  /// @param out standard output, which `System.out` no longer is
  public static Surroundings ofProcess(InputStream in, OutputStream out, PrintStream err) {
    return new Surroundings(
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        err,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        UserDirectories.ofProcess().home(),
        Optional.ofNullable(System.getProperty("homeport.launcher")).map(Path::of),
        Optional.ofNullable(System.getProperty("homeport.aot-cache")).map(Path::of));
  }

  /// Where the user's own files are.
  UserDirectories user() {
    return UserDirectories.of(environment, home);
  }

  /// Where configurations of clients may lie.
  KnownClient.Places places(Path workspace) {
    return new KnownClient.Places(workspace, home, environment);
  }

  /// Says something to the person at the terminal.
  void say(String message) {
    err.println("homeport: " + message);
  }

  /// The workspace: the one given, else `CLAUDE_PROJECT_DIR`, else the current directory.
  Path workspace(Optional<Path> given) {
    return given
        .or(() ->
            Optional.ofNullable(environment.get("CLAUDE_PROJECT_DIR"))
                .filter(value -> !value.isBlank())
                .map(Path::of))
        .map(path -> directory.resolve(path).normalize())
        .orElse(directory);
  }
}
