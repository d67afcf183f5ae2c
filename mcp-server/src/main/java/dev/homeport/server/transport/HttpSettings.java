package dev.homeport.server.transport;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a server listens, and from where it lets itself be asked. Immutable.
///
/// @param address the address to listen on
/// @param port the port to listen on; 0 for any that is free
/// @param hosts what `Host` may be beside names of this machine's loopback, without a port
/// @param origins what `Origin` may be beside loopback pages
/// @param tls the certificate, if connections are encrypted here
/// @param connections the most that are open at a time
public record HttpSettings(
    InetAddress address,
    int port,
    List<String> hosts,
    List<String> origins,
    Optional<Tls> tls,
    int connections) {
  /// The most connections where nothing is configured.
  public static final int CONNECTIONS = 4_096;

  /// A certificate with its chain, and its key, both as PEM files.
  public record Tls(Path certificate, Path key) {}

  /// Copies the lists.
  public HttpSettings {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  /// On the loopback address, for this machine alone.
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        InetAddress.ofLiteral("127.0.0.1"),
        port,
        List.of(),
        List.of(),
        Optional.empty(),
        CONNECTIONS);
  }

  /// The URL of the endpoint for somebody on this machine.
  String url(int actualPort) {
    String host = address.getHostAddress();
    return "%s://%s:%d%s"
        .formatted(
            tls.isPresent() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            actualPort,
            HttpTransport.ENDPOINT);
  }
}
