package dev.homeport.server;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.tool.ToolObserver;
import dev.homeport.server.transport.StdioTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/// Serves one client over streams. The handshake is answered while all else is still being wired,
/// on a thread of its own.
public final class StdioServer {
  private final FutureTask<Homeport> wiring;

  private StdioServer(FutureTask<Homeport> wiring) {
    this.wiring = wiring;
  }

  /// Serves until the client's messages end.
  ///
  /// @param in messages from the client
  /// @param out messages to the client; nothing else may write to it
  public static void serve(
      ServerConfig config, UserDirectories user, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var changes = new Changes();
    var search = new SearchOpening(config, user);
    var server =
        new StdioServer(
            new FutureTask<>(() -> new Homeport(config, user, changes, search, ToolObserver.NONE)));
    Thread.ofPlatform().daemon().name("wiring").start(server.wiring);
    Methods methods = (request, client) -> server.homeport().methods().answer(request, client);
    var transport =
        new StdioTransport(in, out, new Surface(Homeport.card(config, user), methods, changes));
    var entry = new AtomicReference<RunningServers.Entry>(() -> {});
    transport.whenServing(() -> {
      search.begin(); // which need not wait until all is wired
      entry.set(RunningServers.of(user).enter(config.workspace().toString()));
      server.begin();
    });
    try {
      transport.serve();
    } finally {
      entry.get().close();
      server.homeport().close();
    }
  }

  private Homeport homeport() throws InterruptedException {
    try {
      return wiring.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException("Homeport could not be wired", bug.getCause());
    }
  }

  private void begin() {
    try {
      homeport().begin();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
