package dev.homeport.server.cli;

import dev.homeport.server.Main;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Prints versions.
@Command(name = "version", description = "Print the versions of Homeport and of what it runs on.")
final class VersionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().println("homeport " + Main.version());
    surroundings
        .out()
        .printf(
            "java %s (%s, %s)%n",
            Runtime.version(), System.getProperty("java.vendor"), System.getProperty("java.home"));
    surroundings
        .out()
        .printf("%s %s%n", System.getProperty("os.name"), System.getProperty("os.version"));
    return ExitCodes.DONE;
  }
}
