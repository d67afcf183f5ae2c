package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.identity.AccessTokens;
import dev.homeport.server.identity.BearerToken;
import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.ProtectedResource;
import dev.homeport.server.tool.Toolset;
import dev.homeport.server.transport.SessionLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TenantsTest {
  private static final Set<Toolset> MEMORY = EnumSet.of(Toolset.MEMORY);

  @TempDir Path directory;

  @Test
  void servesEachTheirOwnWorkspace() throws Exception {
    try (var server = TeamServer.in(directory)) {
      String alice = server.add("alice");
      String bob = server.add("bob");
      Files.writeString(server.workspace("alice").resolve("note.md"), "of alice\n");
      Files.writeString(server.workspace("bob").resolve("note.md"), "of bob\n");

      assertThat(server.text(alice, "read_file", Map.of("path", "note.md"))).contains("of alice");
      assertThat(server.text(bob, "read_file", Map.of("path", "note.md"))).contains("of bob");
    }
  }

  @Test
  void refusesThoseWhoDoNotProveWhoTheyAre() throws Exception {
    try (var server = TeamServer.in(directory)) {
      server.add("alice");

      HttpResponse<String> unknown = server.ask(BearerToken.random(), "tools/list", Map.of());
      HttpResponse<String> nameless =
          server.send(
              HttpRequest.newBuilder(server.url())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build());

      assertThat(unknown.statusCode()).isEqualTo(401);
      assertThat(unknown.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("invalid_token");
      assertThat(nameless.statusCode()).isEqualTo(401);
      assertThat(nameless.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"homeport\"");
      assertThat(nameless.body()).contains("\"jsonrpc\":\"2.0\"", "Authorization: Bearer TOKEN");
    }
  }

  @Test
  void aGrantSaysWhichToolsThereAre() throws Exception {
    try (var server = TeamServer.in(directory)) {
      String reader = server.add("reader", EnumSet.of(Toolset.MEMORY, Toolset.PLAN), true);
      String writer = server.add("writer", MEMORY, false);

      List<String> few = tools(server, reader);
      List<String> more = tools(server, writer);

      assertThat(few).containsExactly("plan_get");
      assertThat(more).contains("memory", "remember", "history").doesNotContain("read_file");
      assertThat(server.call(reader, "remember", Map.of()).body()).contains("Unknown tool");
    }
  }

  private static List<String> tools(TeamServer server, String token) throws Exception {
    return TeamServer.result(server.ask(token, "tools/list", Map.of()))
        .path("tools")
        .valueStream()
        .map(tool -> tool.path("name").asString())
        .toList();
  }

  @Test
  void aRemovedGrantEndsAtOnceAndItsStreamsSoon() throws Exception {
    try (var server = TeamServer.in(directory)) {
      String alice = server.add("alice");
      var listening =
          server
              .client()
              .sendAsync(
                  server.request(
                      alice,
                      "subscriptions/listen",
                      Map.of("notifications", Map.of("toolsListChanged", true))),
                  BodyHandlers.ofString());
      assertThat(server.ask(alice, "tools/list", Map.of()).statusCode()).isEqualTo(200);

      server.remove("alice");

      assertThat(server.ask(alice, "tools/list", Map.of()).statusCode()).isEqualTo(401);
      await().atMost(Duration.ofSeconds(30)).until(listening::isDone);
    }
  }

  @Test
  void whoAsksTooMuchIsToldWhenToComeAgainAndOthersAreNot() throws Exception {
    var making = TeamServer.Making.with(TeamServer.limits(5));
    try (var server = TeamServer.in(directory, making)) {
      String alice = server.add("alice");
      String bob = server.add("bob");
      for (int i = 0; i < 5; i++) {
        assertThat(server.ask(alice, "tools/list", Map.of()).statusCode()).isEqualTo(200);
      }

      HttpResponse<String> tooMany = server.ask(alice, "tools/list", Map.of());

      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(tooMany.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 12);
      assertThat(server.ask(bob, "tools/list", Map.of()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void sessionsAreBoundedForEachAndForAll() throws Exception {
    var sessions = new SessionLimits(2, 3, Duration.ofHours(1));
    var limits = new TenantLimits(1_000, 64, sessions);
    try (var server = TeamServer.in(directory, TeamServer.Making.with(limits))) {
      String alice = server.add("alice");
      String bob = server.add("bob");
      server.session(alice);
      server.session(alice);

      HttpResponse<String> thirdOfAlice = server.initialize(alice);
      int firstOfBob = server.initialize(bob).statusCode();
      HttpResponse<String> secondOfBob = server.initialize(bob);

      assertThat(thirdOfAlice.statusCode()).isEqualTo(429);
      assertThat(thirdOfAlice.body())
          .contains("\"id\":1", "You have 2 sessions open", "DELETE", "60 minutes");
      assertThat(firstOfBob).isEqualTo(200);
      assertThat(secondOfBob.statusCode()).isEqualTo(503);
      assertThat(secondOfBob.body()).contains("All 3 sessions of this server are in use");
      server.remove("alice");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.initialize(bob).statusCode() == 200);
    }
  }

  @Test
  void tellsWhereAccessTokensComeFrom() throws Exception {
    URI url = URI.create("https://homeport.example/mcp");
    String issuer = "https://login.example";
    var making =
        new TeamServer.Making(
            new HttpShared(TeamServer.limits(1_000), Optional.empty()),
            Optional.of(new ProtectedResource(url, issuer)),
            Optional.of(
                new AccessTokens(issuer, url.toString(), URI.create("http://127.0.0.1:9/"))));
    try (var server = TeamServer.in(directory, making)) {
      server.put("alice", MEMORY, false, new Grant.Proof.Subject("login|1"));

      HttpResponse<String> refused = server.ask("e.y.J", "tools/list", Map.of());
      HttpResponse<String> metadata =
          server.send(
              HttpRequest.newBuilder(
                      server.url().resolve("/.well-known/oauth-protected-resource/mcp"))
                  .build());

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains(
              "resource_metadata=\"https://homeport.example/.well-known/oauth-protected-resource/mcp\"");
      assertThat(metadata.statusCode()).isEqualTo(200);
      assertThat(metadata.body())
          .contains(
              "\"resource\":\"" + url + "\"", "\"authorization_servers\":[\"" + issuer + "\"]");
    }
  }
}
