package dev.homeport.server.demo;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the demonstration is to run.
///
/// @param out where the steps are printed
/// @param colour whether to print with colours
/// @param sample the project to work on; it is copied and never changed
/// @param directory gets the copy, as `orders`, and the server's home; empty for a new temporary
///   one
/// @param serverCommand the server's command line without the workspace, such as `./homeport
///   stdio`; empty for the Java and the class path that run this
/// @param environment variables of the server on top of this process's own
public record DemoOptions(
    PrintStream out,
    boolean colour,
    Path sample,
    Optional<Path> directory,
    List<String> serverCommand,
    Map<String, String> environment) {

  /// The property in which the launcher says where it lies.
  private static final String LAUNCHER_PROPERTY = "homeport.launcher";

  /// Copies the collections.
  public DemoOptions {
    serverCommand = List.copyOf(serverCommand);
    environment = Map.copyOf(environment);
  }

  /// A run on the sample project next to the launcher, in a temporary directory; in colour only on
  /// a terminal whose user has not set `NO_COLOR`.
  public static DemoOptions printingTo(PrintStream out) {
    Path root = Path.of(System.getProperty(LAUNCHER_PROPERTY, "homeport")).toAbsolutePath();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new DemoOptions(
        out,
        terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty(),
        root.resolveSibling("samples").resolve("workspace"),
        Optional.empty(),
        List.of(),
        Map.of());
  }
}
