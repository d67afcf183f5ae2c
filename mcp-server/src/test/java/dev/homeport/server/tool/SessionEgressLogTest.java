package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.session.Event;
import dev.homeport.session.EventQuery;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionEgressLogTest {
  @TempDir Path directory;
  private Workspace workspace;
  private SessionEgressLog log;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(Files.createDirectory(directory.resolve("work")));
    log = new SessionEgressLog(Lazy.of(this::sessions));
  }

  private Sessions sessions() throws IOException {
    return Sessions.in(workspace, InstantSource.system());
  }

  private List<Event> events() throws IOException {
    return sessions().log(SessionId.parse("s-1")).events(EventQuery.from(0, 100)).events();
  }

  @Test
  void writesWhatBecameOfARequest() throws Exception {
    log.decided(
        "s-1",
        "default",
        new EgressDecision(
            "api.test", 443, "GET", "/v1", true, "", "api.test:443 /v1", 200, 0, 17));
    log.decided(
        "s-1",
        "default",
        new EgressDecision("evil.test", 80, "CONNECT", "", false, "no rule", "", 0, 0, 0));

    assertThat(events()).extracting(Event::type).containsExactly("egress", "egress");
    assertThat(events().getFirst().data())
        .hasToString(
            "{sandbox=default, host=api.test, port=443, method=GET, path=/v1, outcome=allowed,"
                + " rule=api.test:443 /v1, status=200, sent_bytes=0, received_bytes=17}");
    assertThat(events().getLast().data())
        .hasToString(
            "{sandbox=default, host=evil.test, port=80, method=CONNECT, path=, outcome=refused,"
                + " reason=no rule, sent_bytes=0, received_bytes=0}");
  }

  @Test
  void survivesASandboxThatIsNobodysYet() throws Exception {
    log.decided("", "", new EgressDecision("", 0, "", "", false, "not HTTP/1.1", "", 0, 0, 0));

    assertThat(workspace.root().resolve(".homeport/sessions")).doesNotExist();
  }

  @Tag("bubblewrap")
  @Test
  void isToldOfEachRequestOfASandbox() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    var rule =
        new EgressRule(
            HostPattern.parse("127.0.0.1"),
            List.of(port),
            List.of("GET"),
            List.of("/v1"),
            List.of(),
            Optional.empty());
    try (Sandboxes sandboxes =
        Sandboxes.open(
            workspace,
            directory.resolve("state"),
            List.of(BubblewrapBackend.overlaying()),
            SandboxTemplate.DEFAULT.withEgress(EgressPolicy.of(rule)),
            EgressContext.of(log))) {
      String input =
          """
          export no_proxy= NO_PROXY=
          curl -sS http://127.0.0.1:%d/v1?token=value
          curl -sS http://127.0.0.1:%d/v2
          """
              .formatted(port, port);
      sandboxes.execute(ExecRequest.of("s-1", "bash", input), _ -> {});
    } finally {
      server.stop(0);
    }

    assertThat(events())
        .extracting(event -> event.data().get("outcome"))
        .containsExactly("allowed", "refused");
    assertThat(events().toString()).contains("/v1").doesNotContain("token=value");
  }
}
