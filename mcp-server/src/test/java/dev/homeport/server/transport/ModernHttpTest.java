package dev.homeport.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests of revision 2026-07-28 over HTTP. The conformance suite asks for more.
@Timeout(120)
class ModernHttpTest {
  private final Surface surface = StdioFixture.surface();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
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
  void callsAToolWithoutASession() throws Exception {
    var answer = post(echo("ahoy"), "tools/call", "echo");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
    assertThat(answer.body()).contains("ahoy", "\"resultType\":\"complete\"");
  }

  @Test
  void takesAnEncodedName() throws Exception {
    assertThat(post(echo("ahoy"), "tools/call", "=?base64?ZWNobw==?=").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list, echo",
    "tools/call, ecco",
    "tools/call, =?base64?ZWNo?=",
    "tools/call, =?base64?!!?=",
    "tools/call, =?base64?="
  })
  void refusesHeadersThatSayOtherThings(String method, @Nullable String name) throws Exception {
    var answer = post(echo("ahoy"), method, name);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("-32020", "\"id\":1");
  }

  @Test
  void refusesUnknownMethodsWithNotFoundAndUnknownToolsWithAnAnswer() throws Exception {
    String ping = ModernStdioTest.request(1, "ping", "");
    assertThat(post(ping, "ping", null).statusCode()).isEqualTo(404);
    String unknown = ModernStdioTest.request(1, "tools/call", "\"name\":\"ecco\",");
    var answer = post(unknown, "tools/call", "ecco");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("-32602", "did you mean `echo`?");
  }

  @Test
  void refusesForeignOrigins() throws Exception {
    var request =
        request(echo("ahoy"), "tools/call", "echo").header("Origin", "http://evil.example").build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  @Test
  void streamsProgressAndThenTheAnswer() throws Exception {
    String call =
        ModernStdioTest.request(1, "tools/call", "\"name\":\"report\",\"arguments\":{},")
            .replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p\",");

    var answer = post(call, "tools/call", "report");

    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(answer.body().lines().filter(line -> line.startsWith("data: ")))
        .satisfiesExactly(
            first ->
                assertThat(first).contains("notifications/progress", "\"progressToken\":\"p\""),
            last -> assertThat(last).contains("reported", "\"id\":1"));
  }

  @Test
  void tellsSubscribersOfChangesUntilTheServerStops() throws Exception {
    String listen =
        ModernStdioTest.request(
            "\"sub\"", "subscriptions/listen", "\"notifications\":{\"promptsListChanged\":true},");
    var answer =
        client.send(
            request(listen, "subscriptions/listen", null).build(), BodyHandlers.ofInputStream());
    List<String> messages = new ArrayList<>();
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      messages.add(next(lines));
      surface.changes().announce(Topic.RESOURCES, Topic.PROMPTS);
      messages.add(next(lines));
      surface.changes().end();
      messages.add(next(lines));
      assertThat(lines.lines().filter(line -> line.startsWith("data: "))).isEmpty();
    }

    assertThat(messages)
        .allSatisfy(message -> assertThat(message).contains("\"sub\""))
        .satisfiesExactly(
            first -> assertThat(first).contains("notifications/subscriptions/acknowledged"),
            second -> assertThat(second).contains("notifications/prompts/list_changed"),
            last -> assertThat(last).contains("\"resultType\":\"complete\""));
  }

  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private HttpResponse<String> post(String body, String method, @Nullable String name)
      throws IOException, InterruptedException {
    return client.send(request(body, method, name).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String body, String method, @Nullable String name) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + transport.port() + HttpTransport.ENDPOINT))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return name == null ? request : request.header("Mcp-Name", name);
  }

  private static String echo(String text) {
    return ModernStdioTest.request(
        1, "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"" + text + "\"},");
  }
}
