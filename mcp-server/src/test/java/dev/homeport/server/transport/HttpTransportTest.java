package dev.homeport.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpTransportTest {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    Surface surface = StdioFixture.surface();
    var lane = new HttpLane(surface);
    McpServers.start(lane.provider(), surface);
    transport = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane));
    transport.start();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    transport.close();
  }

  @Test
  void callsAToolAfterTheHandshake() throws Exception {
    String session = handshake();

    HttpResponse<String> answer = post(session, echo("hello"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("hello");
  }

  @Test
  void cancellationInterruptsTheToolOfItsSessionAlone() throws Exception {
    String session = handshake();
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"wait\",\"arguments\":{},\"_meta\":{\"progressToken\":\"p\"}}}";
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";
    var waiting = new CompletableFuture<HttpResponse<String>>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            waiting.complete(post(session, call));
          } catch (IOException | InterruptedException failed) {
            waiting.completeExceptionally(failed);
          }
        });

    assertThat(post(handshake(), cancel).statusCode()).isEqualTo(202);
    assertThat(waiting).isNotDone();
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          post(session, cancel);
          return waiting.isDone();
        });

    assertThat(waiting.join().body()).contains("The call was cancelled", "\"id\":7");
    assertThat(post(session, echo("next")).body()).contains("next");
  }

  @Test
  void keepsAConnectionForMoreThanAHundredRequests() throws Exception {
    String session = handshake();

    for (int i = 0; i < 150; i++) {
      assertThat(post(session, echo("t" + i)).body()).contains("t" + i);
    }
  }

  @Test
  void refusesForeignHostsAndOrigins() throws Exception {
    assertThat(status("Host: evil.example")).contains(" 421");
    assertThat(status("Host: localhost.evil.example:" + transport.port())).contains(" 421");
    assertThat(status("Host: 127.0.0.1:" + transport.port() + "\r\nOrigin: http://evil.example"))
        .contains(" 403");
    assertThat(status("Host: 127.0.0.1:" + transport.port() + "\r\nOrigin: null")).contains(" 403");
    assertThat(
            status(
                "Host: localhost:"
                    + transport.port()
                    + "\r\nOrigin: http://localhost:"
                    + transport.port()))
        .contains(" 200");
  }

  @Test
  void refusesBodiesOverTheLimitAndGoesOn() throws Exception {
    String session = handshake();

    HttpResponse<String> refusal = post(session, echo("x".repeat(StdioTransport.MESSAGE_LIMIT)));

    assertThat(refusal.statusCode()).isBetween(400, 499);
    assertThat(post(session, echo("alive")).body()).contains("alive");
  }

  @Test
  void answersBrokenJsonWithAClientErrorAndOtherPathsWithNotFound() throws Exception {
    assertThat(post(handshake(), "nonsense").statusCode()).isEqualTo(400);
    HttpResponse<String> other =
        client.send(HttpRequest.newBuilder(uri("/other")).build(), BodyHandlers.ofString());
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body()).doesNotContain("Tomcat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"params\":{}",
        ",\"params\":{\"protocolVersion\":7}",
        ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":7}",
        ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":[]}"
      })
  void refusesToBeginASessionWithWrongParameters(String params) throws Exception {
    HttpResponse<String> refused =
        post("", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"" + params + "}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"id\":1", "-32602", "Invalid params");
  }

  @Test
  void hasNoAnswerToRequestsWithoutAVersion() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), transport.port())) {
      socket
          .getOutputStream()
          .write("GET /mcp\r\nHost: evil\r\n\r\n".getBytes(StandardCharsets.UTF_8));

      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aHeadRequestDoesNotListen() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(uri(HttpTransport.ENDPOINT))
            .header("Accept", "text/event-stream")
            .header("Mcp-Session-Id", handshake())
            .HEAD()
            .build();

    HttpResponse<Void> answer = client.send(head, BodyHandlers.discarding());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, POST, DELETE");
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});

    assertThatThrownBy(
            () -> {
              try (var _ = new Socket(other, transport.port())) {
                throw new AssertionError("reachable at " + other);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    Surface surface = StdioFixture.surface();
    var lane = new HttpLane(surface);
    try (var second =
        new HttpTransport(HttpSettings.loopback(transport.port()), Admission.open(lane))) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + transport.port());
    }
  }

  private String handshake() throws IOException, InterruptedException {
    HttpResponse<String> answer = post("", INITIALIZE);
    assertThat(answer.statusCode()).isEqualTo(200);
    String session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return session;
  }

  private HttpResponse<String> post(String session, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(HttpTransport.ENDPOINT))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// The status line of an `initialize` with raw headers.
  private String status(String headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), transport.port())) {
      String request =
          "POST /mcp HTTP/1.1\r\n"
              + headers
              + "\r\n"
              + "Content-Type: application/json\r\n"
              + "Accept: application/json, text/event-stream\r\n"
              + "Connection: close\r\n"
              + "Content-Length: "
              + INITIALIZE.length()
              + "\r\n\r\n"
              + INITIALIZE;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + transport.port() + path);
  }

  private static String echo(String text) {
    return "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\""
        + text
        + "\"}}}";
  }
}
