package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.homeport.sandbox.egress.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A server on the loopback interface that tells what it was asked.
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /// What arrived.
  ///
  /// @param fields each as `name: value`, the name with one capital
  public record Request(String method, String target, List<String> fields, String body) {
    /// Whether one of the fields is this one.
    public boolean has(String field) {
      return fields.contains(field);
    }
  }

  private TestServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  /// One that speaks HTTP.
  public static TestServer http() throws IOException {
    return new TestServer(HttpServer.create(loopback(), 0));
  }

  /// One that speaks HTTPS as a host.
  ///
  /// @param directory where its authority is made
  public static TestServer https(String host, Path directory) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    var authority = SandboxAuthority.open(directory);
    var context = authority.contextFor(Host.parse(host).orElseThrow());
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestServer(server);
  }

  /// The certificate of the authority that is kept in a directory.
  public static Path authority(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("test-authority.pem"),
        Authorities.pem(SandboxAuthority.open(directory).certificate()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var fields = new CopyOnWriteArrayList<String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> fields.add(name + ": " + value)));
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String target = exchange.getRequestURI().toString();
      requests.add(new Request(exchange.getRequestMethod(), target, fields, body));
      String echo = exchange.getRequestMethod() + " " + target + "\n" + String.join("\n", fields);
      byte[] answer = (echo + "\n" + body + "\n").getBytes(UTF_8);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (authorization != null) {
        exchange.getResponseHeaders().set("X-Echo", authorization);
      }
      boolean chunked = target.contains("chunked");
      exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /// Its port.
  public int port() {
    return server.getAddress().getPort();
  }

  /// What arrived so far.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// Forgets what arrived.
  void forget() {
    requests.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
