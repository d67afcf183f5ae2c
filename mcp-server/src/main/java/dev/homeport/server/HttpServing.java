package dev.homeport.server;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.transport.Admission;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.HttpSettings;
import dev.homeport.server.transport.HttpTransport;
import java.io.IOException;

/// A server over HTTP that runs.
public final class HttpServing implements AutoCloseable {
  private final HttpTransport transport;
  private final Runnable afterwards;

  private HttpServing(HttpTransport transport, Runnable afterwards) {
    this.transport = transport;
    this.afterwards = afterwards;
  }

  /// Serves one workspace to everybody who can connect.
  ///
  /// @throws IOException if the port is taken
  public static HttpServing open(ServerConfig config, UserDirectories user, HttpSettings settings)
      throws IOException {
    var homeport = Homeport.open(config, user);
    Surface surface = homeport.surface();
    var lane = new HttpLane(surface);
    McpServers.start(lane.provider(), surface);
    HttpServing serving = start(settings, Admission.open(lane), homeport::close);
    Thread.ofVirtual().name("index-open").start(homeport::begin);
    return serving;
  }

  /// Serves those who prove who they are, each their own workspace.
  ///
  /// @param tenants closed with this
  /// @throws IOException if the port is taken, or the certificate cannot be read
  public static HttpServing to(Tenants tenants, HttpSettings settings) throws IOException {
    return start(settings, tenants, () -> {});
  }

  private static HttpServing start(HttpSettings settings, Admission admission, Runnable afterwards)
      throws IOException {
    var serving = new HttpServing(new HttpTransport(settings, admission), afterwards);
    try {
      serving.transport.start();
      return serving;
    } catch (IOException failed) {
      serving.close();
      throw failed;
    }
  }

  /// The URL under which somebody on this machine finds it.
  public String url() {
    return transport.url();
  }

  /// Takes no more requests, lets those at work end for five seconds at most, and stops.
  @Override
  public void close() throws IOException {
    try {
      transport.close();
    } finally {
      afterwards.run();
    }
  }
}
