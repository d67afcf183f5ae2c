package dev.homeport.skills.wellknown;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A site that publishes skills.
final class SiteFixture implements AutoCloseable {
  static final String INDEX = "/.well-known/agent-skills/index.json";
  private static final String SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json";

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final List<String> entries = new ArrayList<>();

  SiteFixture() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String redirect = redirects.get(path);
      byte[] file = files.get(path);
      if (redirect != null) {
        exchange.getResponseHeaders().set("Location", redirect);
        exchange.sendResponseHeaders(302, -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, file.length == 0 ? -1 : file.length);
        exchange.getResponseBody().write(file);
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  SourceOrigin.WellKnown origin() throws SourceException {
    return SourceAddress.wellKnown(url() + INDEX);
  }

  void redirect(String path, String to) {
    redirects.put(path, to);
  }

  void file(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /// Offers a file that is there, by its right digest or another one.
  void offer(String name, String type, String path, Optional<String> digest) {
    byte[] file = Optional.ofNullable(files.get(path)).orElse(new byte[0]);
    entries.add(
        """
        {"name": "%s", "type": "%s", "description": "d", "url": "%s", "digest": "sha256:%s"}\
        """
            .formatted(name, type, path, digest.orElse(Sha256.hex(file))));
    index("{\"$schema\": \"%s\", \"skills\": [%s]}".formatted(SCHEMA, String.join(",", entries)));
  }

  /// Replaces the index.
  void index(String text) {
    files.put(INDEX, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
