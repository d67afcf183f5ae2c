package dev.homeport.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Surface;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many sessions there may be, and when one ends by itself. Time goes on when a test says so.
@Timeout(60)
class HttpSessionsTest {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int MOST = 2;

  private final AtomicLong now = new AtomicLong();
  private final SessionPlaces places = new SessionPlaces(new SessionLimits(MOST, 100, IDLE));
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    Surface surface = StdioFixture.surface();
    var lane = new HttpLane(surface, RequestGate.CALLS, places, now::get);
    McpServers.start(lane.provider(), surface);
    transport = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane));
    transport.start();
  }

  @AfterEach
  void stop() throws IOException {
    client.shutdownNow(); // to close it would wait for streams that stay open
    transport.close();
  }

  /// Lets time pass, again where a request was only just answered, until so many are left.
  private void passTimeUntil(int left) {
    await()
        .until(() -> {
          now.addAndGet(IDLE.multipliedBy(2).toNanos());
          return places.taken() == left;
        });
  }

  @Test
  void oneThatNobodyUsesEnds() throws Exception {
    String session = handshake();
    assertThat(call(session, "echo").statusCode()).isEqualTo(200);

    passTimeUntil(0);

    assertThat(call(session, "echo").statusCode()).isEqualTo(404);
    assertThat(listen(session).statusCode()).isEqualTo(404);
    assertThat(call(handshake(), "echo").statusCode()).isEqualTo(200);
  }

  @Test
  void oneWithACallAtWorkDoesNotEnd() throws Exception {
    String busy = handshake();
    handshake();
    HttpResponse<InputStream> working =
        client.send(request(busy).POST(body(busy, "wait")).build(), BodyHandlers.ofInputStream());
    var events = new BufferedReader(new InputStreamReader(working.body(), StandardCharsets.UTF_8));
    assertThat(events.readLine()).isNotNull(); // it reports progress, so it is at work

    passTimeUntil(1);

    assertThat(call(busy, "echo").statusCode()).isEqualTo(200);
    assertThat(post(busy, cancelled()).statusCode()).isEqualTo(202);
    assertThat(events.lines().filter(line -> line.contains("\"id\":2"))).hasSize(1);
  }

  @Test
  void oneThatListensDoesNotEnd() throws Exception {
    String listening = handshake();
    var heard = new CopyOnWriteArrayList<String>();
    var stream =
        client.sendAsync(
            request(listening).GET().build(), BodyHandlers.fromLineSubscriber(new Lines(heard)));
    await()
        .until(() -> {
          call(listening, "change");
          return heard.stream().anyMatch(line -> line.contains("tools/list_changed"));
        });
    handshake();

    passTimeUntil(1);

    assertThat(call(listening, "echo").statusCode()).isEqualTo(200);
    assertThat(stream).isNotDone();
  }

  @Test
  void noMoreBeginThanThereMayBeUntilOneEnds() throws Exception {
    String first = handshake();
    handshake();

    HttpResponse<String> refused = post("", INITIALIZE);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("\"id\":1", "You have 2 sessions open", "DELETE");
    assertThat(end(first)).isEqualTo(200);
    assertThat(end(first)).isEqualTo(404);
    assertThat(places.taken()).isOne();
    handshake();
    assertThat(post("", INITIALIZE).statusCode()).isEqualTo(429);
  }

  @Test
  void onesThatAreRefusedTakeNoPlace() throws Exception {
    for (int i = 0; i <= MOST; i++) {
      HttpRequest acceptingNothing =
          HttpRequest.newBuilder(uri())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
              .build();
      assertThat(client.send(acceptingNothing, BodyHandlers.ofString()).statusCode())
          .isEqualTo(400);
    }

    assertThat(places.taken()).isZero();
  }

  /// Collects lines.
  private record Lines(List<String> heard) implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      heard.add(line);
    }

    @Override
    public void onError(Throwable end) {
      heard.add(end.toString());
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }
  }

  private String handshake() throws IOException, InterruptedException {
    HttpResponse<String> answer = post("", INITIALIZE);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private HttpResponse<String> call(String session, String tool)
      throws IOException, InterruptedException {
    return client.send(request(session).POST(body(session, tool)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> listen(String session) throws IOException, InterruptedException {
    return client.send(request(session).GET().build(), BodyHandlers.ofString());
  }

  private int end(String session) throws IOException, InterruptedException {
    return client.send(request(session).DELETE().build(), BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> post(String session, String text)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(session).POST(HttpRequest.BodyPublishers.ofString(text));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String session) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri())
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
  }

  private URI uri() {
    return URI.create(transport.url());
  }

  private static HttpRequest.BodyPublisher body(String session, String tool) {
    return HttpRequest.BodyPublishers.ofString(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{%s},\"_meta\":{\"progressToken\":\"%s\"}}}"
            .formatted(
                tool.equals("wait") ? 2 : 3,
                tool,
                tool.equals("echo") ? "\"text\":\"a\"" : "",
                session));
  }

  private static String cancelled() {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}";
  }
}
