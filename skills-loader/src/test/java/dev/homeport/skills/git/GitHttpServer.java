package dev.homeport.skills.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// A repository over HTTP, by the protocol that git hosts speak.
final class GitHttpServer implements AutoCloseable {
  private final HttpServer server;
  private final Repository repository;
  private final Optional<String> login;

  /// @param login `user:password` that is asked for, if any
  GitHttpServer(Repository repository, Optional<String> login) throws IOException {
    this.repository = repository;
    this.login = login;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/skills.git";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String wanted =
          login
              .map(text ->
                  "Basic "
                      + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
              .orElse("");
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (login.isPresent() && !wanted.equals(given)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/skills.git/info/refs" -> reply(exchange, "advertisement", advertised());
        case "/skills.git/git-upload-pack" -> reply(exchange, "result", packed(exchange));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void reply(HttpExchange exchange, String kind, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-" + kind);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private byte[] advertised() throws IOException {
    var out = new ByteArrayOutputStream();
    var packets = new PacketLineOut(out);
    packets.writeString("# service=git-upload-pack\n");
    packets.end();
    try (var pack = new UploadPack(repository)) {
      pack.setBiDirectionalPipe(false);
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(packets));
    } catch (org.eclipse.jgit.transport.ServiceMayNotContinueException refused) {
      throw new IOException(refused);
    }
    return out.toByteArray();
  }

  private byte[] packed(HttpExchange exchange) throws IOException {
    boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream body = exchange.getRequestBody();
    var out = new ByteArrayOutputStream();
    try (var pack = new UploadPack(repository)) {
      pack.setBiDirectionalPipe(false);
      pack.upload(isZipped ? new GZIPInputStream(body) : body, out, null);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
