package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.egress.HostResolver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers that answer in every way that HTTP/1.1 has, and in some that it has not.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {
  private static final String SHORT = "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi";

  @TempDir Path directory;
  private final List<EgressDecision> decisions = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;
  private EgressGateway gateway;

  /// Answers on a connection; the head of the first request was read.
  private interface Script {
    void play(Socket connection) throws Exception;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var rule =
        new EgressRule(
            HostPattern.parse("127.0.0.1"),
            List.of(server.getLocalPort()),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    var context = new EgressContext((_, _, d) -> decisions.add(d), HostResolver.SYSTEM, Map.of());
    gateway = new EgressProxy(EgressPolicy.of(rule), context).open(directory);
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    server.close();
  }

  private void answers(Script script) {
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket connection = server.accept();
              connections.incrementAndGet();
              Thread.ofVirtual().start(() -> play(script, connection));
            } catch (IOException e) {
              return; // The test has ended.
            }
          }
        });
  }

  private static void play(Script script, Socket connection) {
    try (connection) {
      readHead(connection);
      script.play(connection);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void readHead(Socket connection) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {}
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  private String request(String version) {
    return "GET http://127.0.0.1:%1$d/ HTTP/%2$s\nHost: 127.0.0.1:%1$d\n\n"
        .formatted(server.getLocalPort(), version);
  }

  private TestClient client() throws IOException {
    return new TestClient(gateway.seen().resolve("3128"));
  }

  private String ask(String version) throws IOException {
    try (TestClient client = client()) {
      return client.send(request(version)).rest();
    }
  }

  @Test
  void passesEachPieceAsSoonAsItIsThere() throws Exception {
    var seen = new CountDownLatch(1);
    answers(connection -> {
      write(connection, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7\ndata: 1\n");
      seen.await();
      write(connection, "7\ndata: 2\n0\n\n");
    });
    try (TestClient client = client()) {
      client.send(request("1.1"));

      client.head();
      String first = client.until("data: 1");
      seen.countDown();

      assertThat(first).isEqualTo("7\r\ndata: 1");
      assertThat(client.rest()).isEqualTo("\r\n7\r\ndata: 2\r\n0\r\n\r\n");
    }
  }

  @Test
  void givesABodyThatEndsWithItsConnectionAnEnd() throws Exception {
    answers(connection -> write(connection, "HTTP/1.1 200 OK\n\nall of it"));

    assertThat(ask("1.1"))
        .contains("Transfer-Encoding: chunked")
        .endsWith("all of it\r\n0\r\n\r\n");
    assertThat(ask("1.0")).contains("Connection: close").endsWith("\r\n\r\nall of it");
  }

  @Test
  void passesTheFinalAnswerOnly() throws Exception {
    answers(connection -> write(connection, "HTTP/1.1 103 Early\nLink: x\n\n" + SHORT));

    assertThat(ask("1.1")).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("Early");
  }

  @Test
  void asksAnewWhereAKeptConnectionIsGone() throws Exception {
    var gone = new CountDownLatch(1);
    answers(connection -> {
      write(connection, SHORT);
      connection.close();
      gone.countDown();
    });
    try (TestClient client = client()) {
      client.send(request("1.1")).until("hi");
      gone.await();

      assertThat(client.send(request("1.1")).rest()).startsWith("HTTP/1.1 200 OK").endsWith("hi");
    }
    assertThat(connections).hasValue(2);
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    answers(connection -> {
      write(connection, SHORT);
      readHead(connection);
      write(connection, SHORT);
    });

    assertThat(ask("1.1")).endsWith("hi");
    assertThat(ask("1.1")).endsWith("hi");
    assertThat(connections).hasValue(1);
  }

  @Test
  void usesNoConnectionAgainThatSaidMoreThanItWasAsked() throws Exception {
    answers(connection -> {
      write(connection, SHORT + "HTTP/1.1 200 OK\nContent-Length: 6\n\npoison");
      connection.getInputStream().read();
    });

    assertThat(ask("1.1")).endsWith("hi").doesNotContain("poison");
    assertThat(ask("1.1")).endsWith("hi").doesNotContain("poison");
    assertThat(connections).hasValue(2);
  }

  @Test
  void passesNoAnswerWithTwoReadings() throws Exception {
    answers(connection ->
        write(
            connection,
            "HTTP/1.1 200 OK\nContent-Length: 2\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n"));

    assertThat(ask("1.1")).startsWith("HTTP/1.1 502 the answer cannot be passed on");
    assertThat(decisions.getFirst().allowed()).isTrue();
    assertThat(decisions.getFirst().reason()).contains("both Content-Length and Transfer-Encoding");
  }

  @Test
  void passesNoOtherProtocol() throws Exception {
    answers(connection ->
        write(connection, "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n"));

    assertThat(ask("1.1")).startsWith("HTTP/1.1 502 the server answered with another protocol");
  }

  @Test
  void letsTheClientSeeThatAnAnswerIsCutOff() throws Exception {
    answers(connection -> write(connection, "HTTP/1.1 200 OK\nContent-Length: 100\n\nhalf"));

    assertThat(ask("1.1")).endsWith("half").contains("Content-Length: 100");
    await().until(() -> !decisions.isEmpty());
    assertThat(decisions.getFirst().reason()).isNotEmpty();
  }

  @Test
  void endsHeadsThatAreTooLong() throws Exception {
    String start = "GET http://127.0.0.1:%d/ HTTP/1.1\n".formatted(server.getLocalPort());
    for (String fields :
        List.of(
            "X: " + "x".repeat(40_000) + "\n",
            "X: x\n".repeat(300),
            ("X: " + "x".repeat(4_000) + "\n").repeat(30))) {
      try (TestClient client = client()) {
        assertThat(client.send(start + fields + "\n").all()).startsWith("HTTP/1.1 400 ");
      }
    }
    assertThat(connections).hasValue(0);
  }

  @Test
  void asksServersThatCloseAtOnce() throws Exception {
    answers(Socket::close);

    assertThat(ask("1.1")).startsWith("HTTP/1.1 502 ");
    server.close();
    assertThat(ask("1.1")).startsWith("HTTP/1.1 502 ").contains("could not be reached");
  }
}
