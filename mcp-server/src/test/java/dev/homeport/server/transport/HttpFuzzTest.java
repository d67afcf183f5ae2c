package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Any bytes on a connection: never more answers than a strict proxy would count requests, each of
/// them what JSON-RPC wants, and other clients are served on.
class HttpFuzzTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SERVER_ERROR = 500;

  /// Tomcat closes the connection behind these without a word.
  private static final Set<Integer> CLOSING = Set.of(417, 501, 505);

  @TempDir static Path workspace;
  static HttpTransport transport;
  static String session;
  static String other;

  @BeforeAll
  static void start() throws IOException {
    Surface surface = FuzzSurface.in(workspace);
    var room = new SessionLimits(1_000_000, 1_000_000, Duration.ofHours(4));
    var lane = new HttpLane(surface, new SessionPlaces(room));
    McpServers.start(lane.provider(), surface);
    transport = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane));
    transport.start();
    session = handshake();
    other = handshake();
  }

  @AfterAll
  static void stop() throws IOException {
    transport.close();
  }

  /// The input has CR LF where it has a line feed, and these replaced: `{session}` is a session,
  /// `{host}` the server, `{length}` the bytes behind the first empty line.
  @FuzzTest
  void http(byte[] input) throws IOException {
    try (var _ = BugDetectors.allowNetworkConnections()) {
      attack(sent(input));
    }
  }

  private static void attack(byte[] bytes) throws IOException {
    Framing framing = Framing.of(bytes);

    List<String> methods = framing.requests().stream().map(Framing.Request::method).toList();
    try {
      assertAnswered(framing, exchange(bytes, methods), bytes);
    } catch (SocketException refused) {
      // Who is refused amid his garbage may find the connection gone, and the answers with it.
      assertThat(framing.restIsEmpty()).as("%s", refused).isFalse();
    }
    assertThat(call(other, "alive")).isEqualTo("alive");
  }

  private static void assertAnswered(Framing framing, List<RawResponse> responses, byte[] bytes) {
    int most = framing.requests().size() + (framing.restIsEmpty() ? 0 : 1);
    assertThat(responses).hasSizeLessThanOrEqualTo(most);
    if (responses.stream().noneMatch(HttpFuzzTest::isLast)) {
      assertThat(responses).hasSizeGreaterThanOrEqualTo(framing.requests().size());
    }
    for (RawResponse response : responses) {
      boolean isBug = new String(bytes, ISO_8859_1).contains("bug");
      assertThat(response.status() == SERVER_ERROR && !isBug).as(response.text()).isFalse();
      response.messages().forEach(HttpFuzzTest::assertIsMessage);
    }
    for (int i = 0; i < Math.min(responses.size(), framing.requests().size()); i++) {
      assertAnswers(responses.get(i), framing.requests().get(i));
    }
  }

  private static byte[] sent(byte[] input) {
    String script = new String(FuzzScript.expanded(input), ISO_8859_1);
    int bodyStart = script.indexOf("\n\n");
    String head = bodyStart < 0 ? script : script.substring(0, bodyStart + 2);
    String body = bodyStart < 0 ? "" : script.substring(bodyStart + 2);
    // A stream that listens would never end.
    String known = script.contains("GET ") ? "none" : session;
    return (head.replace("\r\n", "\n").replace("\n", "\r\n") + body)
        .replace("{session}", known)
        .replace("{host}", "127.0.0.1:" + transport.port())
        .replace("{length}", Integer.toString(body.length()))
        .getBytes(ISO_8859_1);
  }

  private static boolean isLast(RawResponse response) {
    return response.isOpen()
        || CLOSING.contains(response.status())
        || "close".equals(response.headers().get("Connection"));
  }

  private static void assertIsMessage(String text) {
    JsonNode message = Expected.json(text.getBytes(UTF_8));
    assertThat(message.path("jsonrpc").asString("")).as(text).isEqualTo("2.0");
    if (!message.has("method")) {
      assertThat(message.has("result")).as(text).isNotEqualTo(message.has("error"));
    }
  }

  /// A request that is answered at all is answered once, under its id.
  private static void assertAnswers(RawResponse response, Framing.Request request) {
    List<JsonNode> answers =
        response.messages().stream()
            .map(text -> Expected.json(text.getBytes(UTF_8)))
            .filter(message -> !message.has("method"))
            .toList();
    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    if (!request.method().equals("POST") || response.isOpen()) {
      return;
    }
    Expected expected = Expected.of(request.bytes());
    if (response.status() == 200) {
      assertThat(answers).hasSize(1);
      assertThat(expected.id()).contains(answers.getFirst().path("id"));
      JsonNode text = answers.getFirst().at("/result/content/0/text");
      if (expected.isCallOf("echo") && !answers.getFirst().at("/result/isError").asBoolean(true)) {
        assertThat(text.asString())
            .isEqualTo(Expected.written(expected.message().at("/params/arguments/text")));
      }
    }
    if (answers.stream().anyMatch(answer -> answer.has("id"))) {
      assertThat(expected.id()).contains(answers.getFirst().path("id"));
    }
  }

  private static List<RawResponse> exchange(byte[] bytes, List<String> methods) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), transport.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return RawResponse.all(new BufferedInputStream(socket.getInputStream()), methods);
    }
  }

  private static String handshake() throws IOException {
    RawResponse answer =
        post(
            "",
            "\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"fuzz\",\"version\":\"1\"}}");
    String id = Objects.requireNonNull(answer.headers().get("Mcp-Session-Id"));
    post("Mcp-Session-Id: " + id + "\r\n", "\"method\":\"notifications/initialized\"");
    return id;
  }

  private static String call(String session, String text) throws IOException {
    RawResponse answer =
        post(
            "Mcp-Session-Id: " + session + "\r\n",
            "\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\""
                + text
                + "\"}}");
    return Expected.json(answer.messages().getLast().getBytes(UTF_8))
        .at("/result/content/0/text")
        .asString();
  }

  private static RawResponse post(String header, String members) throws IOException {
    String body = "{\"jsonrpc\":\"2.0\"," + members + "}";
    String request =
        "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(transport.port(), header, body.length(), body);
    return exchange(request.getBytes(UTF_8), List.of("POST")).getFirst();
  }
}
