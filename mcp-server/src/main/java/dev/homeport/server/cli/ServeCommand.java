package dev.homeport.server.cli;

import dev.homeport.server.HttpServing;
import dev.homeport.server.HttpShared;
import dev.homeport.server.RunningServers;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.Tenants;
import dev.homeport.server.identity.Grants;
import dev.homeport.server.identity.Identities;
import dev.homeport.server.metrics.ServerMetrics;
import java.io.IOException;
import java.time.InstantSource;
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
      "Serve MCP clients over Streamable HTTP, until stopped.",
      "Without identities: this machine, one workspace. With some (see `homeport token`, or the key"
          + " serve.issuer): each their own.",
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
    ServeSettings settings = ServeSettings.of(config.config(), port, surroundings.home());
    var grants = new Grants(TokenFiles.directory(surroundings));
    int people = grants.all().size();
    boolean hasIdentities = people > 0 || settings.accessTokens().isPresent();
    if (!hasIdentities && !settings.http().address().isLoopbackAddress()) {
      throw new CommandException(
          ExitCodes.USAGE,
          "%s can be reached from other machines, so clients must say who they are: add a token"
                  .formatted(settings.http().address().getHostAddress())
              + " (`homeport token add NAME --workspace DIR`) or set serve.issuer");
    }
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stopAndWait(stop, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    var shared = new HttpShared(settings.limits(), settings.metricsPort().map(ServerMetrics::new));
    try (HttpServing serving =
        hasIdentities ? toTenants(settings, grants, shared) : open(settings, config, shared)) {
      String what =
          hasIdentities
              ? people + (people == 1 ? " principal" : " principals")
              : config.workspace().toString();
      surroundings.say("serving %s at %s (Ctrl-C stops)".formatted(what, serving.url()));
      serving.metricsUrl().ifPresent(url -> surroundings.say("metrics at " + url));
      if (!settings.http().address().isLoopbackAddress() && settings.http().tls().isEmpty()) {
        surroundings.say(
            "connections are not encrypted here: put a TLS proxy in front, or set"
                + " serve.tls-certificate and serve.tls-key");
      }
      try (RunningServers.Entry _ =
          RunningServers.of(surroundings.user()).enter(serving.url() + " " + what)) {
        stop.await();
      }
      return ExitCodes.DONE;
    } finally {
      stopped.countDown();
    }
  }

  private HttpServing open(ServeSettings settings, ServerConfig config, HttpShared shared)
      throws CommandException {
    try {
      return HttpServing.open(config, surroundings.user(), settings.http(), shared);
    } catch (IOException failed) {
      throw cannotListen(failed);
    }
  }

  private HttpServing toTenants(ServeSettings settings, Grants grants, HttpShared shared)
      throws CommandException {
    var tenants =
        new Tenants(
            new Identities(grants, settings.accessTokens(), InstantSource.system()),
            settings.resource(),
            new GrantedConfigs(options.arguments(), surroundings),
            surroundings.user(),
            shared);
    try {
      return HttpServing.to(tenants, settings.http());
    } catch (IOException failed) {
      throw cannotListen(failed);
    }
  }

  private static CommandException cannotListen(IOException failed) {
    return new CommandException(
        ExitCodes.FAILED, failed.getMessage() + ": is the port taken? Choose another with --port");
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
