package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {
  private static final String PASSWORD = "only-for-this-test";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  @TempDir Path directory;

  @Test
  void servesOverTlsWithAPemCertificate() throws Exception {
    KeyStore store = keys();
    Surface surface = StdioFixture.surface();
    var lane = new HttpLane(surface);
    McpServers.start(lane.provider(), surface);
    var settings =
        new HttpSettings(
            InetAddress.ofLiteral("127.0.0.1"),
            0,
            List.of(),
            List.of(),
            Optional.of(
                new HttpSettings.Tls(
                    directory.resolve("certificate.pem"), directory.resolve("key.pem"))),
            100);
    try (var transport = new HttpTransport(settings, Admission.open(lane));
        var trusting = HttpClient.newBuilder().sslContext(trust(store)).build();
        var other = HttpClient.newHttpClient()) {
      transport.start();

      assertThat(transport.url()).startsWith("https://127.0.0.1:").endsWith("/mcp");
      HttpResponse<String> answer =
          trusting.send(request(transport.url()), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession()).isPresent();
      assertThatThrownBy(() -> other.send(request(transport.url()), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      String clear = transport.url().replace("https:", "http:");
      assertThat(other.send(request(clear), BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
        .build();
  }

  private KeyStore keys() throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    pem("certificate.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
    pem(
        "key.pem",
        "PRIVATE KEY",
        Objects.requireNonNull(store.getKey("server", PASSWORD.toCharArray())).getEncoded());
    return store;
  }

  private void pem(String name, String kind, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind));
  }

  private static SSLContext trust(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
