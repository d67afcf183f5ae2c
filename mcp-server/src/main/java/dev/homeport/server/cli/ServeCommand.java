package dev.homeport.server.cli;

import dev.homeport.server.Homeport;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.transport.HttpTransport;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves clients over HTTP.
@Command(
    name = "serve",
    description = {
      "Serve MCP clients over Streamable HTTP on 127.0.0.1, until stopped.",
      "Tells on standard error under which URL."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int STOP_SECONDS = 10;

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7411",
      description = "The port to listen on; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  private final Surroundings surroundings;

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new CommandException(
          ExitCodes.USAGE, "the port is " + port + ", but must be between 0 and 65535");
    }
    ServerConfig config = options.config(surroundings);
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stopAndWait(stop, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    try (Homeport homeport = Homeport.open(config, surroundings.user());
        HttpTransport http = listen(homeport)) {
      surroundings.say(
          "serving %s at http://127.0.0.1:%d%s (Ctrl-C stops)"
              .formatted(config.workspace(), http.port(), HttpTransport.ENDPOINT));
      stop.await();
      return ExitCodes.DONE;
    } finally {
      stopped.countDown();
    }
  }

  private HttpTransport listen(Homeport homeport) throws CommandException {
    try {
      return homeport.serveHttp(port);
    } catch (IOException taken) {
      throw new CommandException(
          ExitCodes.FAILED, taken.getMessage() + ": is the port taken? Choose another with --port");
    }
  }

  /// Runs when the process is told to end, and holds the end back until all is closed.
  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
