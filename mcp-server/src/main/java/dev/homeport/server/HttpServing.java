package dev.homeport.server;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.transport.Admission;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.HttpSettings;
import dev.homeport.server.transport.HttpTransport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
  /// @param shared closed with this
  /// @throws IOException if the port is taken
  public static HttpServing open(
      ServerConfig config, UserDirectories user, HttpSettings settings, HttpShared shared)
      throws IOException {
    var homeport = Homeport.open(config, user, shared.observer());
    Surface surface = homeport.surface();
    HttpLane lane = shared.onlyLane(surface);
    McpServers.start(lane.provider(), surface);
    shared.show(() -> List.of(homeport));
    HttpServing serving =
        start(
            new HttpTransport(settings, Admission.open(lane), shared.monitor()),
            () -> {
              homeport.close();
              shared.close();
            });
    Thread.ofVirtual().name("index-open").start(homeport::begin);
    return serving;
  }

  /// Serves those who prove who they are, each their own workspace.
  ///
  /// @param tenants closed with this
  /// @throws IOException if the port is taken, or the certificate cannot be read
  public static HttpServing to(Tenants tenants, HttpSettings settings) throws IOException {
    HttpShared shared = tenants.shared();
    return start(new HttpTransport(settings, tenants, shared.monitor()), shared::close);
  }

  private static HttpServing start(HttpTransport transport, Runnable afterwards)
      throws IOException {
    var serving = new HttpServing(transport, afterwards);
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

  /// The URL of the metrics, if there are some.
  public Optional<String> metricsUrl() {
    return transport.monitorPort().map("http://127.0.0.1:%d/metrics"::formatted);
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
