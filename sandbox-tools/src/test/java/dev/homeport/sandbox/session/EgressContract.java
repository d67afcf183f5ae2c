package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.Credential;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.egress.SecretSource;
import dev.homeport.sandbox.egress.proxy.TestServer;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs in a sandbox reach of the network, and what they do not, against the real engine
/// and servers on the loopback interface of the host.
abstract class EgressContract {
  private static final String SESSION = "session";
  private static final List<InetAddress> LOOPBACK = List.of(InetAddress.ofLiteral("127.0.0.1"));

  private final String secret = "secret-" + UUID.randomUUID();
  private final List<EgressDecision> decisions = new CopyOnWriteArrayList<>();
  private final List<String> owners = new CopyOnWriteArrayList<>();

  @TempDir Path directory;
  private TestServer plain;
  private TestServer secure;
  private TestServer open;
  private EgressPolicy policy;
  Sandboxes sandboxes;

  abstract SandboxBackend backend();

  /// The processes inside, as the host sees them.
  abstract List<ProcessHandle> processes() throws Exception;

  @BeforeEach
  void open() throws Exception {
    assertThat(backend().availability()).isInstanceOf(Availability.Available.class);
    Path authorities = Files.createDirectory(directory.resolve("upstream"));
    plain = TestServer.http();
    secure = TestServer.https("api.test", authorities);
    open = TestServer.https("open.test", authorities);
    var credential =
        new Credential("Authorization", "Bearer ${secret}", SecretSource.parse("env:TOKEN"));
    policy =
        new EgressPolicy(
            List.of(
                rule("plain.test", plain.port(), List.of(), Optional.empty()),
                rule("api.test", secure.port(), List.of("/v1"), Optional.of(credential)),
                rule("open.test", open.port(), List.of(), Optional.empty())),
            List.of(BaseUrl.parse("API_URL=https://api.test:" + secure.port() + "/v1")),
            List.of(TestServer.authority(authorities)));
    sandboxes = open(backend());
  }

  static EgressRule rule(
      String host, int port, List<String> paths, Optional<Credential> credential) {
    return new EgressRule(
        HostPattern.parse(host), List.of(port), List.of(), paths, LOOPBACK, credential);
  }

  Sandboxes open(SandboxBackend backend) throws IOException {
    Path work = directory.resolve("work");
    if (!Files.exists(work)) {
      Files.createDirectory(work);
    }
    var context =
        new EgressContext(
            (session, sandbox, decision) -> {
              owners.add(session + "/" + sandbox);
              decisions.add(decision);
            },
            EgressContract::resolve,
            Map.of("TOKEN", secret));
    return Sandboxes.open(
        Workspace.open(work),
        directory.resolve("state"),
        List.of(backend),
        SandboxTemplate.DEFAULT.withEgress(policy),
        context);
  }

  static List<InetAddress> resolve(String name) throws UnknownHostException {
    if (!name.endsWith(".test")) {
      throw new UnknownHostException(name);
    }
    return LOOPBACK;
  }

  @AfterEach
  void close() throws IOException {
    sandboxes.close();
    plain.close();
    secure.close();
    open.close();
    assertThat(directory.resolve("state")).isEmptyDirectory();
  }

  private ExecOutcome run(String executor, String input) throws Exception {
    return sandboxes.execute(ExecRequest.of(SESSION, executor, input), _ -> {}).outcome();
  }

  private String bash(String input) throws Exception {
    return SandboxContract.printed(run("bash", input));
  }

  private String python(String input) throws Exception {
    return SandboxContract.printed(run("python", input));
  }

  private String api() {
    return "https://api.test:" + secure.port();
  }

  @Test
  void curlReachesAnAllowedHostAndSendsASecretThatItDoesNotKnow() throws Exception {
    String printed = bash("curl -sS -H 'Authorization: Bearer mine' " + api() + "/v1/x?y=z");

    assertThat(printed)
        .startsWith("GET /v1/x?y=z\n")
        .contains("Authorization: Bearer " + "*".repeat(secret.length()))
        .doesNotContain(secret);
    assertThat(secure.requests().getFirst().has("Authorization: Bearer " + secret)).isTrue();
    await().until(() -> !decisions.isEmpty());
    assertThat(owners).containsOnly(SESSION + "/default");
    assertThat(decisions.getFirst().path()).isEqualTo("/v1/x");
    assertThat(decisions.toString()).doesNotContain(secret);
  }

  @Test
  void pythonDoesToo() throws Exception {
    String printed =
        python(
            """
            import urllib.request
            for url in ("%s/v1/py", "https://open.test:%d/tunnel", "http://plain.test:%d/plain"):
                print(urllib.request.urlopen(url, b"body").read().decode())
            """
                .formatted(api(), open.port(), plain.port()));

    assertThat(printed).contains("POST /v1/py", "POST /tunnel", "POST /plain");
    assertThat(secure.requests().getFirst().body()).isEqualTo("body");
  }

  @Test
  void clientsThatKnowNoProxyGetAUrlOfTheirOwn() throws Exception {
    String printed = bash("echo $API_URL; curl -sS --noproxy '*' $API_URL/models");

    assertThat(printed).startsWith("http://127.0.0.1:3129/v1\nGET /v1/models\n");
    assertThat(secure.requests().getFirst().has("Authorization: Bearer " + secret)).isTrue();
  }

  @Test
  void aRefusalTeaches() throws Exception {
    String printed =
        bash(
            """
            curl -sS https://evil.test/
            curl -sS http://evil.test/x
            curl -sS %s/v1/../admin --path-as-is
            python3 -c 'import urllib.request; urllib.request.urlopen("https://evil.test/")' 2>&1 \
              | tail -1
            """
                .formatted(api()));

    assertThat(printed)
        .contains("response 403")
        .contains("Homeport refused GET evil.test:80 /x: no rule names evil.test.")
        .contains("the path can be read in two ways")
        .contains("403 no rule names evil.test");
    assertThat(secure.requests()).isEmpty();
    assertThat(decisions).noneMatch(EgressDecision::allowed);
  }

  @Test
  void thereIsNoOtherWayOut() throws Exception {
    String printed =
        python(
            """
            import os, socket
            print(sorted(os.listdir("/sys/class/net")) if os.path.exists("/sys/class/net") else ["lo"])
            print([line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]])
            print(len(open("/proc/net/route").readlines()) - 1, "routes")
            for address in (("127.0.0.1", %d), ("169.254.169.254", 80), ("8.8.8.8", 53)):
                try:
                    socket.create_connection(address, 2)
                    print("REACHED", address)
                except OSError as e:
                    print(type(e).__name__)
            try:
                print("REACHED", socket.getaddrinfo("example.com", 443))
            except OSError:
                print("no names")
            """
                .formatted(plain.port()));

    assertThat(printed).contains("['lo']", "0 routes", "no names").doesNotContain("REACHED");
    assertThat(plain.requests()).isEmpty();
  }

  @Test
  void theSocketItselfGivesNoMore() throws Exception {
    String printed =
        python(
            """
            import socket
            for request in ("CONNECT 169.254.169.254:80 HTTP/1.1\\r\\n\\r\\n",
                            "CONNECT 127.0.0.1:%d HTTP/1.1\\r\\n\\r\\n",
                            "GET http://plain.test:%d/ HTTP/1.1\\r\\nHost: evil.test\\r\\n\\r\\n",
                            "GET file:///etc/passwd HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"):
                s = socket.socket(socket.AF_UNIX)
                s.connect("/run/egress/3128")
                s.sendall(request.encode())
                print(s.recv(200).split(b"\\r\\n")[0].decode())
            """
                .formatted(plain.port(), plain.port()));

    assertThat(printed.lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("HTTP/1.1 403 ") || line.startsWith("HTTP/1.1 400 "));
    assertThat(plain.requests()).isEmpty();
  }

  @Test
  void itsFilesOfTheWayOutCannotBeChanged() throws Exception {
    String printed =
        bash(
            """
            ls /run/egress
            for f in 3128 authorities.pem new; do
              (rm -f /run/egress/$f && echo x >/run/egress/$f) 2>/dev/null && echo wrote $f
            done
            find / -name 'authority.key' 2>/dev/null
            cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c '^HTTPS_PROXY='
            """);

    assertThat(printed)
        .startsWith("3128\n3129\nauthorities.pem\n")
        .doesNotContain("wrote", "authority.key");
    assertThat(bash("curl -sS http://plain.test:" + plain.port() + "/")).startsWith("GET /\n");
  }

  @Test
  void noProcessEverHoldsTheSecret() throws Exception {
    sandboxes.start(
        ExecRequest.of(
            SESSION,
            "python",
            """
            import os, time, urllib.request
            request = urllib.request.Request("%s/v1/x", headers={"Authorization": "known-0815"})
            answer = urllib.request.urlopen(request)
            kept = [str(answer.headers), answer.read(), os.environ, "known" + "-0815"]
            open("/tmp/ready", "w").write("ready")
            time.sleep(4345)
            """
                .formatted(api())));
    await().until(() -> bash("cat /tmp/ready 2>/dev/null").equals("ready"));

    List<ProcessHandle> inside = processes();

    assertThat(secure.requests().getFirst().has("Authorization: Bearer " + secret)).isTrue();
    assertThat(inside).hasSizeGreaterThan(1);
    assertThat(inside)
        .as("what is known to be there")
        .anyMatch(process -> SecretScan.holds(process, "known-0815"));
    assertThat(inside)
        .noneMatch(process -> SecretScan.holds(process, secret))
        .noneMatch(process -> SecretScan.sees(process, secret));
    assertThat(bash("env; grep -rs " + secret.substring(8) + " /run /tmp /etc /home /workspace"))
        .doesNotContain(secret);
  }

  @Test
  void goesOnAfterAPauseWithTheSameAuthority() throws Exception {
    String before = bash("sha256sum /run/egress/authorities.pem; curl -sS " + api() + "/v1/a");
    var sandbox = sandboxes.made(SESSION, "default").orElseThrow();
    if (sandbox.capabilities().contains(Capability.PAUSE)) {
      sandbox.pause();
      sandbox.resume();
    }
    String after = bash("sha256sum /run/egress/authorities.pem; curl -sS " + api() + "/v1/a");

    assertThat(after.lines().limit(2).toList()).isEqualTo(before.lines().limit(2).toList());
    assertThat(secure.requests()).hasSize(2);
  }

  @Test
  void aForkHasAWayOfItsOwn() throws Exception {
    bash("echo x >/tmp/x; sha256sum /run/egress/authorities.pem >/tmp/before");
    sandboxes.fork(SESSION, "default", "forked");

    String input =
        "cat /tmp/x; sha256sum -c /tmp/before 2>/dev/null; curl -sS %s/v1/fork".formatted(api());
    var request = new ExecRequest(SESSION, "forked", "bash", input, "", ExecLimits.DEFAULT);
    String printed = SandboxContract.printed(sandboxes.execute(request, _ -> {}).outcome());

    assertThat(printed).startsWith("x\n").contains("FAILED").contains("GET /v1/fork");
    assertThat(owners).containsOnly(SESSION + "/forked");
  }

  @Test
  void survivesWhatASandboxDoesToItsProcesses() throws Exception {
    bash("kill -9 -1");

    assertThat(bash("curl -sS " + api() + "/v1/x")).startsWith("GET /v1/x\n");
  }

  @Test
  void carriesManyRequestsAndLargeBodies() throws Exception {
    String printed =
        bash(
            """
            head -c 6000000 /dev/zero | tr '\\0' x >/tmp/body
            for i in $(seq 30); do curl -sS %s/v1/$i -o /tmp/answer-$i & done; wait
            cat /tmp/answer-* | grep -c '^GET /v1/'
            curl -sS --data-binary @/tmp/body https://open.test:%d/ | tr -cd x | wc -c
            curl -sS --data-binary @/tmp/body %s/v1 -H 'Expect: 100-continue' | tr -cd x | wc -c
            """
                .formatted(api(), open.port(), api()));

    assertThat(printed.lines().map(String::strip).toList())
        .satisfies(lines -> {
          assertThat(lines.getFirst()).isEqualTo("30");
          assertThat(Integer.parseInt(lines.get(1))).isGreaterThanOrEqualTo(6_000_000);
          assertThat(Integer.parseInt(lines.get(2))).isGreaterThanOrEqualTo(6_000_000);
        });
  }

  @Test
  void needsTheResidentAgent() throws Exception {
    sandboxes.close();
    sandboxes = open(withoutAgent());

    assertThat(bash("true")).contains("network of a sandbox needs the resident agent");
  }

  abstract SandboxBackend withoutAgent();

  @Test
  void isOpenedAgainByTheServerThatAdoptsIt() throws Exception {
    Path work = Files.createDirectory(directory.resolve("adopted"));
    Path state = directory.resolve("adopted-state");
    Process owner =
        OtherProcess.java(
                List.of(),
                OtherProcess.classPath(),
                EgressOwner.class,
                backend().name(),
                work.toString(),
                state.toString(),
                Integer.toString(plain.port()))
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(owner.inputReader().readLine()).isEqualTo("GET /first");
    owner.destroyForcibly().waitFor();

    try (Sandboxes next = EgressOwner.open(backend().name(), work, state, plain.port())) {
      next.adopt();
      String url = "http://plain.test:" + plain.port() + "/second";
      String input = "sha256sum -c /tmp/before; curl -sS " + url;

      var outcome = next.execute(ExecRequest.of(SESSION, "bash", input), _ -> {}).outcome();

      assertThat(SandboxContract.printed(outcome))
          .startsWith("/run/egress/authorities.pem: OK\nGET /second\n");
      next.sweep();
    }
    assertThat(state).isEmptyDirectory();
  }
}
