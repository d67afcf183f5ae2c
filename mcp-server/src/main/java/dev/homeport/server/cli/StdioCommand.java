package dev.homeport.server.cli;

import dev.homeport.server.ServerConfig;
import dev.homeport.server.StdioServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Serves the client at the other end of the standard streams.
@Command(
    name = "stdio",
    description = "Serve one MCP client over standard input and output, until the input ends.")
final class StdioCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  private final Surroundings surroundings;

  StdioCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    return serve(surroundings, options.config(surroundings));
  }

  static int serve(Surroundings surroundings, ServerConfig config)
      throws IOException, InterruptedException {
    StdioServer.serve(config, surroundings.user(), surroundings.in(), surroundings.out());
    return ExitCodes.DONE;
  }
}
