package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.metrics.ServerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerMetricsTest {
  @TempDir Path directory;

  private TeamServer server() throws IOException {
    var shared = new HttpShared(TeamServer.limits(1_000), Optional.of(new ServerMetrics(0)));
    return TeamServer.in(directory, TeamServer.Making.with(shared));
  }

  @Test
  void countsCallsWritesAnswersAndWhatIsOpen() throws Exception {
    try (var server = server()) {
      String alice = server.add("alice");
      server.session(alice);
      server.call(alice, "write_file", Map.of("path", "a.md", "content", "of whales"));
      server.call(alice, "read_file", Map.of("path", "missing.md"));
      server.call(alice, "grep", Map.of("pattern", "whales"));
      server.ask("nobody", "tools/list", Map.of());

      // An answer is counted after it was sent.
      await()
          .untilAsserted(() ->
              assertThat(page(server))
                  .contains(
                      "homeport_http_answers_total{status=\"200\"} 4.0",
                      "homeport_http_answers_total{status=\"401\"} 1.0"));
      assertThat(page(server))
          .contains(
              "homeport_tool_calls_seconds_count{outcome=\"ok\",tool=\"write_file\"} 1",
              "homeport_tool_calls_seconds_count{outcome=\"error\",tool=\"read_file\"} 1",
              "homeport_writes_total{tool=\"write_file\"} 1.0",
              "homeport_http_sessions 1.0",
              "homeport_workspaces 1.0",
              "homeport_sandboxes 0.0",
              "homeport_indexes{state=\"starting\"}",
              "jvm_memory_used_bytes",
              "process_uptime_seconds")
          .doesNotContain("homeport_writes_total{tool=\"read_file\"");
    }
  }

  @Test
  void noLabelComesFromAClient() throws Exception {
    try (var server = server()) {
      String alice = server.add("alice");
      server.call(alice, "made-up", Map.of("path", "of-whales"));
      server.call(alice, "read_file", Map.of("path", "of-whales"));
      server.ask(alice, "strange/method", Map.of());
      server.send(
          HttpRequest.newBuilder(server.url().resolve("/strange-path"))
              .method("STRANGE", HttpRequest.BodyPublishers.noBody())
              .build());

      await().untilAsserted(() -> assertThat(page(server)).contains("status=\"404\""));

      assertThat(page(server)).doesNotContain("made-up", "whales", "strange", "STRANGE", "alice");
    }
  }

  @Test
  void countsWhatNobodyLetIn() throws Exception {
    try (var server = server()) {
      raw(server.url().getPort(), "GARBAGE");
      raw(server.url().getPort(), "GET /mcp HTTP/1.1\r\nHost: evil.example");

      await()
          .untilAsserted(() ->
              assertThat(page(server))
                  .contains(
                      "homeport_http_answers_total{status=\"400\"} 1.0",
                      "homeport_http_answers_total{status=\"421\"} 1.0"));
    }
  }

  @Test
  void thePageIsOnItsOwnLoopbackPortAloneAndWithNothingElse() throws Exception {
    try (var server = server()) {
      String alice = server.add("alice");
      int port = server.metricsUrl().getPort();

      assertThat(get(server.url().resolve("/metrics")).statusCode()).isEqualTo(404);
      assertThat(
              server
                  .send(server.post(alice, "{}").uri(server.metricsUrl().resolve("/mcp")).build())
                  .statusCode())
          .isEqualTo(404);
      assertThat(raw(port, "GET /metrics HTTP/1.1\r\nHost: evil.example")).contains(" 421");
      assertThat(raw(port, "POST /metrics HTTP/1.1\r\nHost: 127.0.0.1")).contains(" 405");
      HttpResponse<String> page = get(server.metricsUrl());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain;version=0.0.4");
      assertThat(page.body()).doesNotContain("homeport_http_answers_total{status=\"421\"");
    }
  }

  @Test
  void thereIsNoneWhereNobodyAskedForIt() throws Exception {
    try (var server = TeamServer.in(directory)) {
      server.add("alice");

      assertThat(get(server.url().resolve("/metrics")).statusCode()).isEqualTo(404);
    }
  }

  private static String page(TeamServer server) throws IOException, InterruptedException {
    return get(server.metricsUrl()).body();
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  /// The first line of the answer to a head.
  private static String raw(int port, String head) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] request = (head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      List<String> lines =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .toList();
      return lines.getFirst();
    }
  }
}
