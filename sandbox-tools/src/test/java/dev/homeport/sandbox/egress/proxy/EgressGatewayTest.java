package dev.homeport.sandbox.egress.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.Credential;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.egress.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy, with programs that try to get out of it and servers on the loopback interface.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EgressGatewayTest {
  private static final String SECRET = "real-secret-0815";
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir static Path authorities;
  private static TestServer plain;
  private static TestServer secure;
  private static TestServer open;

  @TempDir Path directory;
  private final List<EgressDecision> decisions = new CopyOnWriteArrayList<>();
  private final Map<String, String> names =
      Map.of(
          "api.test", "127.0.0.1",
          "open.test", "127.0.0.1",
          "rebound.test", "127.0.0.1",
          "cloud.test", "169.254.169.254");
  private EgressGateway gateway;

  @BeforeAll
  static void listen() throws IOException {
    plain = TestServer.http();
    secure = TestServer.https("api.test", authorities);
    open = TestServer.https("open.test", authorities);
  }

  @AfterAll
  static void end() {
    plain.close();
    secure.close();
    open.close();
  }

  @BeforeEach
  void open() throws IOException {
    plain.forget();
    secure.forget();
    open.forget();
    var credential =
        new Credential("Authorization", "Bearer ${secret}", SecretSource.parse("env:TOKEN"));
    var rules =
        List.of(
            rule("127.0.0.1", plain.port(), List.of("GET", "POST"), List.of("/api"), List.of()),
            new EgressRule(
                HostPattern.parse("api.test"),
                List.of(secure.port()),
                List.of(),
                List.of("/v1"),
                List.of(LOOPBACK),
                Optional.of(credential)),
            rule("open.test", open.port(), List.of(), List.of(), List.of(LOOPBACK)),
            rule("rebound.test", plain.port(), List.of(), List.of(), List.of()),
            rule("cloud.test", 80, List.of(), List.of(), List.of()),
            rule("127.0.0.1", 1, List.of(), List.of(), List.of()));
    var urls = List.of(BaseUrl.parse("API_URL=https://api.test:" + secure.port() + "/v1"));
    var policy = new EgressPolicy(rules, urls, List.of(TestServer.authority(authorities)));
    var context =
        new EgressContext((_, _, d) -> decisions.add(d), this::resolve, Map.of("TOKEN", SECRET));
    Path home = Files.createDirectory(directory.resolve("home"));
    gateway = new EgressProxy(policy, context).open(home);
  }

  private static EgressRule rule(
      String host, int port, List<String> methods, List<String> paths, List<InetAddress> at) {
    return new EgressRule(
        HostPattern.parse(host), List.of(port), methods, paths, at, Optional.empty());
  }

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    if (!names.containsKey(name)) {
      throw new UnknownHostException(name);
    }
    return List.of(InetAddress.ofLiteral(names.get(name)));
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  private TestClient client() throws IOException {
    return new TestClient(gateway.seen().resolve("3128"));
  }

  private Path authority() {
    return gateway.seen().resolve("authorities.pem");
  }

  private String plainHost() {
    return "127.0.0.1:" + plain.port();
  }

  private String ask(String text) throws IOException {
    try (TestClient client = client()) {
      return client.send(text).rest();
    }
  }

  private String get(String path) throws IOException {
    return ask("GET http://%s%s HTTP/1.1\nHost: %s\n\n".formatted(plainHost(), path, plainHost()));
  }

  private EgressDecision decision() {
    await().until(() -> !decisions.isEmpty());
    return decisions.getLast();
  }

  private void assertNothingArrived() {
    assertThat(plain.requests()).isEmpty();
    assertThat(secure.requests()).isEmpty();
    assertThat(open.requests()).isEmpty();
  }

  /// A tunnel whose TLS the proxy ends.
  private TestClient inspected() throws IOException {
    TestClient client = client();
    assertThat(client.send("CONNECT api.test:%d HTTP/1.1\n\n".formatted(secure.port())).head())
        .startsWith("HTTP/1.1 200 ");
    return client.secure(authority(), "api.test");
  }

  @Test
  void letsThroughWhatARuleAllowsAndNotesIt() throws Exception {
    String answer = get("/api/x?token=value");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("GET /api/x?token=value");
    EgressDecision noted = decision();
    assertThat(noted.allowed()).isTrue();
    assertThat(noted.host() + " " + noted.port()).isEqualTo("127.0.0.1 " + plain.port());
    assertThat(noted.method() + noted.path()).isEqualTo("GET/api/x");
    assertThat(noted.rule()).isEqualTo(plainHost() + " GET,POST /api");
    assertThat(noted.status()).isEqualTo(200);
    assertThat(noted.receivedBytes()).isPositive();
  }

  @Test
  void passesBodiesOfBothKindsAndKeepsTheConnection() throws Exception {
    try (TestClient client = client()) {
      client.send(
          "POST http://%s/api/chunked HTTP/1.1\nHost: %s\nTransfer-Encoding: chunked\n\n"
              .formatted(plainHost(), plainHost()));
      client.send("5\nhello\n0\n\n");
      String first = client.head();
      client.send(
          "POST http://%s/api HTTP/1.1\nHost: %s\nContent-Length: 5\n\nworld"
              .formatted(plainHost(), plainHost()));
      String rest = client.rest();

      assertThat(first).contains("Transfer-Encoding: chunked");
      assertThat(rest).contains("hello").contains("HTTP/1.1 200 ").contains("world");
    }
    assertThat(plain.requests())
        .extracting(TestServer.Request::body)
        .containsExactly("hello", "world");
    assertThat(decision().sentBytes()).isEqualTo(5);
  }

  @Test
  void passesNoFieldsThatAreMeantForTheProxy() throws Exception {
    ask(
        """
        GET http://%s/api HTTP/1.1
        Host: %s
        Connection: x-mine
        X-Mine: 1
        X-Other: 2
        Proxy-Authorization: Basic abc
        Upgrade: h2c
        TE: trailers

        """
            .formatted(plainHost(), plainHost()));

    assertThat(plain.requests().getFirst().fields())
        .contains("X-other: 2", "Host: " + plainHost())
        .noneMatch(field -> field.startsWith("X-mine") || field.startsWith("Proxy"))
        .noneMatch(field -> field.startsWith("Upgrade") || field.startsWith("Te"));
  }

  @Test
  void refusesWithAnAnswerThatTeaches() throws Exception {
    String answer = ask("GET http://evil.test/x HTTP/1.1\nHost: evil.test\n\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 403 no rule names evil.test\r\n")
        .contains("Homeport refused GET evil.test:80 /x: no rule names evil.test.")
        .contains("Allowed is: " + plainHost() + " GET,POST /api; api.test:")
        .contains("sandbox.egress")
        .doesNotContain("TOKEN");
    assertThat(decision().allowed()).isFalse();
    assertThat(decision().reason()).isEqualTo("no rule names evil.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test:443",
        "169.254.169.254:80",
        "[fd00:ec2::254]:80",
        "127.0.0.1:22",
        "127.1:22",
        "2130706433:22",
        "0x7f000001:22",
        "[::ffff:127.0.0.1]:22",
        "localhost:22",
        "user@api.test:443",
        "api.test",
        "api.test:0",
        "api.test:99999",
        "api.test:+443",
        "api.test:443/x",
        "http://api.test:443",
        "evil.test#.api.test:443",
        ":443",
        "cloud.test:80",
        "%61pi.test:443"
      })
  void connectsToNothingElse(String target) throws Exception {
    assertThat(ask("CONNECT %s HTTP/1.1\n\n".formatted(target)))
        .matches(
            answer -> answer.startsWith("HTTP/1.1 403 ") || answer.startsWith("HTTP/1.1 400 "));
    assertThat(decision().allowed()).isFalse();
    assertNothingArrived();
  }

  @Test
  void refusesANameThatResolvesToAPrivateAddress() throws Exception {
    String host = "rebound.test:" + plain.port();

    assertThat(ask("CONNECT %s HTTP/1.1\n\n".formatted(host)))
        .startsWith("HTTP/1.1 403 rebound.test has a private address");
    assertThat(ask("GET http://%s/ HTTP/1.1\nHost: %s\n\n".formatted(host, host)))
        .startsWith("HTTP/1.1 403 rebound.test has a private address");
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "get", "TRACE"})
  void refusesOtherMethods(String method) throws Exception {
    assertThat(ask("%s http://%s/api HTTP/1.1\nHost: %<s\n\n".formatted(method, plainHost())))
        .startsWith("HTTP/1.1 403 ");
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/",
        "/apix",
        "/api/../admin",
        "/api/%2e%2e/admin",
        "/api/%252e%252e/admin",
        "/api/..;/admin",
        "/api/..%2fadmin",
        "/api\\..\\admin",
        "//api",
        "/%61pi/x",
        "?/api",
        "/api%2fx"
      })
  void refusesOtherPathsHoweverTheyAreWritten(String path) throws Exception {
    assertThat(get(path)).startsWith("HTTP/1.1 403 ");
    assertThat(decision().allowed()).isFalse();
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override: DELETE", "X-Original-URL: /admin"})
  void refusesFieldsThatWouldChangeWhatWasAllowed(String field) throws Exception {
    assertThat(ask("GET http://%s/api HTTP/1.1\nHost: %<s\n%s\n\n".formatted(plainHost(), field)))
        .startsWith("HTTP/1.1 403 ");
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\nTransfer-Encoding: chunked",
        "Content-Length: 5\nContent-Length: 6",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chun\u000bked",
        "X Y: 1",
        ": 1",
        "Host: evil.test"
      })
  void refusesMessagesThatHaveTwoReadings(String fields) throws Exception {
    String answer =
        ask(
            "POST http://%s/api HTTP/1.1\nHost: %<s\n%s\n\n0\n\nGET /api/smuggled HTTP/1.1\n\n"
                .formatted(plainHost(), fields));

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer.indexOf("HTTP/1.1 ", 1)).isNegative();
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://%s/api HTTP/1.1\n\n",
        "GET http://%s/api HTTP/1.1\nHost: evil.test\n\n",
        "GET /api HTTP/1.1\nHost: %s\n\n",
        "GET https://%s/api HTTP/1.1\nHost: %<s\n\n",
        "GET http://evil.test@%s/api HTTP/1.1\nHost: %<s\n\n",
        "GET http://%s/api HTTP/2.0\nHost: %<s\n\n",
        "GET http://%s/api\n\n",
        "nonsense\n\n"
      })
  void refusesWhatIsNoRequestToAProxy(String request) throws Exception {
    assertThat(ask(request.formatted(plainHost()))).startsWith("HTTP/1.1 400 ");
    assertThat(decision().allowed()).isFalse();
    assertNothingArrived();
  }

  @Test
  void addsTheCredentialInPlaceOfWhatTheSandboxSent() throws Exception {
    String host = "api.test:" + secure.port();
    String answer;
    try (TestClient client = inspected()) {
      answer =
          client
              .send(
                  "GET /v1/x HTTP/1.1\nHost: %s\nauthorization: Bearer mine\nConnection: close, Authorization\n\n"
                      .formatted(host))
              .all();
    }

    TestServer.Request arrived = secure.requests().getFirst();
    assertThat(arrived.fields())
        .contains("Authorization: Bearer " + SECRET, "Host: " + host)
        .doesNotContain("Authorization: Bearer mine");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .contains("Authorization: Bearer " + "*".repeat(SECRET.length()))
        .contains("X-echo: Bearer " + "*".repeat(SECRET.length()))
        .doesNotContain(SECRET);
    assertThat(decision().toString()).contains("env:TOKEN").doesNotContain(SECRET);
  }

  @Test
  void servesSeveralRequestsOfOneTunnel() throws Exception {
    String request =
        "POST /v1/chunked HTTP/1.1\nHost: api.test:%d\nContent-Length: 2\n\nhi"
            .formatted(secure.port());
    try (TestClient client = inspected()) {
      client.send(request + request);
      client.send(
          "GET /v1 HTTP/1.1\nHost: api.test:%d\nConnection: close\n\n".formatted(secure.port()));

      assertThat(client.all().split("HTTP/1.1 200 ", -1)).hasSize(4);
    }
    assertThat(secure.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v1/../v2", "/v1%2f..%2fv2", "*", "http://api.test/v1"})
  void looksAtEachRequestOfATunnel(String path) throws Exception {
    try (TestClient client = inspected()) {
      String request = "GET %s HTTP/1.1\nHost: api.test:%d\n\n".formatted(path, secure.port());

      assertThat(client.send(request).all()).startsWith("HTTP/1.1 403 ");
    }
    assertNothingArrived();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host: evil.test", "Host: api.test", "X-Host: none", "Host: open.test:%d"})
  void holdsTheHostToThatOfTheTunnel(String field) throws Exception {
    try (TestClient client = inspected()) {
      String request = "GET /v1 HTTP/1.1\n" + field.formatted(open.port()) + "\n\n";

      assertThat(client.send(request).all()).startsWith("HTTP/1.1 400 Host must be api.test:");
    }
    assertNothingArrived();
  }

  @Test
  void sendsNoCredentialWithoutTls() throws Exception {
    assertThat(
            ask(
                "GET http://api.test:%d/v1 HTTP/1.1\nHost: api.test:%<d\n\n"
                    .formatted(secure.port())))
        .startsWith("HTTP/1.1 403 the credential for api.test:")
        .contains("needs https");
    assertNothingArrived();
  }

  @Test
  void takesAnotherHostInTheConnectRequestForNone() throws Exception {
    assertThat(ask("CONNECT open.test:%d HTTP/1.1\nHost: api.test:%<d\n\n".formatted(open.port())))
        .startsWith("HTTP/1.1 400 Host must be open");
  }

  @Test
  void passesATunnelWithoutReadingIt() throws Exception {
    String host = "open.test:" + open.port();
    try (TestClient client = client()) {
      client.send("CONNECT %s HTTP/1.1\nHost: %<s\n\n".formatted(host)).head();
      client.secure(authority(), "open.test");

      assertThat(client.send("GET /any HTTP/1.1\nHost: x\nConnection: close\n\n").all())
          .contains("GET /any");
    }
    EgressDecision noted = decision();
    assertThat(noted.method() + noted.path() + noted.allowed()).isEqualTo("CONNECTtrue");
    assertThat(noted.sentBytes()).isGreaterThan(100);
    assertThat(noted.receivedBytes()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.test", "evil.test", ""})
  void breaksATunnelWhoseTlsNamesAnotherServer(String name) throws Exception {
    try (TestClient client = client()) {
      client.send("CONNECT open.test:%d HTTP/1.1\n\n".formatted(open.port())).head();

      String[] names = name.isEmpty() ? new String[0] : new String[] {name};
      assertThatThrownBy(() -> client.secure(authority(), names)).isInstanceOf(IOException.class);
    }
    assertThat(decision().allowed()).isFalse();
    assertThat(decision().reason()).startsWith("TLS in the tunnel to open.test names ");
    assertNothingArrived();
  }

  @Test
  void endsTlsOnlyForTheServerOfTheTunnel() throws Exception {
    try (TestClient client = client()) {
      client.send("CONNECT api.test:%d HTTP/1.1\n\n".formatted(secure.port())).head();

      assertThatThrownBy(() -> client.secure(authority(), "evil.test"))
          .isInstanceOf(SSLException.class);
    }
    assertThat(decision().reason()).startsWith("TLS with the program in the sandbox failed");
  }

  @Test
  void servesAUrlForClientsThatKnowNoProxy() throws Exception {
    assertThat(EgressGateway.environment(policyWithUrl()))
        .containsEntry("API_URL", "http://127.0.0.1:3129/v1");
    String answer;
    try (TestClient client = new TestClient(gateway.seen().resolve("3129"))) {
      answer =
          client.send("GET /v1/models HTTP/1.1\nHost: 127.0.0.1:3129\nConnection: close\n\n").all();
    }
    String refused;
    try (TestClient client = new TestClient(gateway.seen().resolve("3129"))) {
      refused = client.send("GET /v2 HTTP/1.1\nHost: 127.0.0.1:3129\n\n").all();
    }

    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain(SECRET);
    assertThat(refused).startsWith("HTTP/1.1 403 ");
    TestServer.Request arrived = secure.requests().getFirst();
    assertThat(arrived.target()).isEqualTo("/v1/models");
    assertThat(arrived.has("Host: api.test:" + secure.port())).isTrue();
    assertThat(arrived.has("Authorization: Bearer " + SECRET)).isTrue();
  }

  private EgressPolicy policyWithUrl() {
    return new EgressPolicy(
        List.of(rule("api.test", secure.port(), List.of(), List.of(), List.of())),
        List.of(BaseUrl.parse("API_URL=https://api.test:" + secure.port() + "/v1")),
        List.of());
  }

  @Test
  void saysThatAnAllowedServerCannotBeReached() throws Exception {
    assertThat(ask("GET http://127.0.0.1:1/ HTTP/1.1\nHost: 127.0.0.1:1\n\n"))
        .startsWith("HTTP/1.1 502 127.0.0.1:1 could not be reached");
    assertThat(ask("CONNECT 127.0.0.1:1 HTTP/1.1\n\n"))
        .startsWith("HTTP/1.1 502 127.0.0.1:1 could not be reached");
  }

  @Test
  void trustsNoServerWithoutAKnownAuthority() throws Exception {
    Path home = Files.createDirectory(directory.resolve("distrusting"));
    var rule = rule("api.test", secure.port(), List.of("GET"), List.of(), List.of(LOOPBACK));
    var context = new EgressContext((_, _, d) -> decisions.add(d), this::resolve, Map.of());
    try (EgressGateway other = new EgressProxy(EgressPolicy.of(rule), context).open(home);
        TestClient client = new TestClient(other.seen().resolve("3128"))) {
      client.send("CONNECT api.test:%d HTTP/1.1\n\n".formatted(secure.port())).head();
      client.secure(other.seen().resolve("authorities.pem"), "api.test");

      String request = "GET / HTTP/1.1\nHost: api.test:%d\n\n".formatted(secure.port());
      assertThat(client.send(request).all())
          .startsWith("HTTP/1.1 502 TLS with api.test:" + secure.port() + " failed");
    }
    assertNothingArrived();
  }

  @Test
  void servesManyAtATimeAndGoesOnAfterBrokenOnes() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (TestClient client = client()) {
        client.send(i % 2 == 0 ? "GET http" : "");
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 50).mapToObj(i -> threads.submit(() -> get("/api/" + i))).toList();
      for (var answer : answers) {
        assertThat(answer.get()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void endsWithItsSandbox() throws Exception {
    try (TestClient client = client()) {
      client.send("CONNECT open.test:%d HTTP/1.1\n\n".formatted(open.port())).head();

      gateway.close();

      assertThat(client.all()).isEmpty();
      assertThatThrownBy(this::client).isInstanceOf(IOException.class);
    }
  }
}
