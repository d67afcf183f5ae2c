package dev.homeport.server.cli;

import dev.homeport.server.identity.Grants;
import dev.homeport.server.identity.PrincipalName;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets somebody in no longer.
@Command(
    name = "remove",
    description =
        "Let somebody in no longer; a server that runs ends their streams within seconds.")
final class TokenRemoveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "Who, as `token list` says.")
  private String name = "";

  private final Surroundings surroundings;

  TokenRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    PrincipalName principal = TokenFiles.name(name);
    if (!new Grants(TokenFiles.directory(surroundings)).remove(principal)) {
      throw new CommandException(
          ExitCodes.FAILED, "nobody is called " + principal + "; see `homeport token list`");
    }
    surroundings.say(principal + " may come in no longer; what they wrote stays");
    return ExitCodes.DONE;
  }
}
