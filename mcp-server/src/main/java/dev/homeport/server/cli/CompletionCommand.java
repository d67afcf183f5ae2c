package dev.homeport.server.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// Prints the completion script.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Use: source <(homeport completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().print(AutoComplete.bash("homeport", Cli.commandLine(surroundings)));
    surroundings.out().flush();
    return ExitCodes.DONE;
  }
}
