package dev.homeport.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.config.Config;
import dev.homeport.server.identity.AccessTokens;
import dev.homeport.server.identity.BearerToken;
import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.Grants;
import dev.homeport.server.identity.Identities;
import dev.homeport.server.identity.PrincipalName;
import dev.homeport.server.identity.ProtectedResource;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import dev.homeport.server.transport.HttpSettings;
import dev.homeport.server.transport.SessionLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server over HTTP for several principals, and clients of it.
final class TeamServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, Object> META =
      Map.of(
          "io.modelcontextprotocol/protocolVersion",
          "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities",
          Map.of());

  private final Path directory;
  private final Grants grants;
  private final HttpServing serving;
  private final HttpClient client = HttpClient.newHttpClient();

  private TeamServer(Path directory, Grants grants, HttpServing serving) {
    this.directory = directory;
    this.grants = grants;
    this.serving = serving;
  }

  /// What a server is made with beside the defaults.
  record Making(
      HttpShared shared, Optional<ProtectedResource> resource, Optional<AccessTokens> tokens) {
    static Making with(TenantLimits limits) {
      return with(new HttpShared(limits, Optional.empty()));
    }

    static Making with(HttpShared shared) {
      return new Making(shared, Optional.empty(), Optional.empty());
    }
  }

  static TeamServer in(Path directory) throws IOException {
    return in(directory, Making.with(limits(1_000_000)));
  }

  static TenantLimits limits(long requestsPerMinute) {
    return new TenantLimits(requestsPerMinute, 64, SessionLimits.DEFAULT);
  }

  static TeamServer in(Path directory, Making making) throws IOException {
    var grants = new Grants(directory.resolve("tokens"));
    var tenants =
        new Tenants(
            new Identities(grants, making.tokens(), InstantSource.system()),
            making.resource(),
            grant ->
                new ServerConfig(
                    grant.workspace(),
                    new ToolRegistry.Selection(grant.toolsets(), grant.readOnly()),
                    Config.defaults()),
            new UserDirectories(
                directory.resolve("operator"),
                directory.resolve("cache"),
                directory.resolve("state")),
            making.shared());
    return new TeamServer(directory, grants, HttpServing.to(tenants, HttpSettings.loopback(0)));
  }

  /// Lets somebody in with all tools but those of sandboxes.
  ///
  /// @return the token
  String add(String name) throws IOException {
    return add(name, EnumSet.complementOf(EnumSet.of(Toolset.SANDBOX)), false);
  }

  String add(String name, Set<Toolset> toolsets, boolean readOnly) throws IOException {
    String token = BearerToken.random();
    put(name, toolsets, readOnly, BearerToken.proof(token));
    return token;
  }

  void put(String name, Set<Toolset> toolsets, boolean readOnly, Grant.Proof proof)
      throws IOException {
    grants.put(
        new Grant(
            new PrincipalName(name),
            Files.createDirectories(workspace(name)),
            toolsets,
            readOnly,
            proof,
            Instant.now(),
            Optional.empty()));
  }

  boolean remove(String name) throws IOException {
    return grants.remove(new PrincipalName(name));
  }

  Path workspace(String name) {
    return directory.resolve("workspaces").resolve(name);
  }

  URI metricsUrl() {
    return URI.create(serving.metricsUrl().orElseThrow());
  }

  URI url() {
    return URI.create(serving.url());
  }

  /// A request of the modern era.
  HttpResponse<String> ask(String token, String method, Map<String, ?> params)
      throws IOException, InterruptedException {
    return client.send(request(token, method, params), BodyHandlers.ofString(UTF_8));
  }

  HttpRequest request(String token, String method, Map<String, ?> params) {
    var all = new LinkedHashMap<String, Object>(params);
    all.put("_meta", META);
    HttpRequest.Builder request =
        post(token, message(1, method, all))
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method);
    @Nullable Object name =
        method.equals("resources/read") ? params.get("uri") : params.get("name");
    if (name instanceof String text) {
      String base64 = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
      request.header("Mcp-Name", "=?base64?" + base64 + "?=");
    }
    return request.build();
  }

  HttpResponse<String> call(String token, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    return ask(token, "tools/call", Map.of("name", tool, "arguments", arguments));
  }

  /// The text that a tool answers.
  String text(String token, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    return result(call(token, tool, arguments)).at("/content/0/text").asString();
  }

  static JsonNode result(HttpResponse<String> response) {
    return JSON.readTree(response.body()).path("result");
  }

  /// A session of the legacy era.
  String session(String token) throws IOException, InterruptedException {
    return initialize(token).headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  /// The answer to who asks for such a session.
  HttpResponse<String> initialize(String token) throws IOException, InterruptedException {
    var params =
        Map.of(
            "protocolVersion",
            "2025-11-25",
            "capabilities",
            Map.of(),
            "clientInfo",
            Map.of("name", "test", "version", "1"));
    return send(post(token, message(1, "initialize", params)).build());
  }

  /// A message of the legacy era.
  ///
  /// @param id null for a notification
  HttpRequest inSession(
      String token, String session, @Nullable Object id, String method, Map<String, ?> params) {
    return post(token, message(id, method, params)).header("Mcp-Session-Id", session).build();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString(UTF_8));
  }

  HttpRequest.Builder post(String token, String body) {
    return HttpRequest.newBuilder(url())
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String message(@Nullable Object id, String method, Map<String, ?> params) {
    var message = new LinkedHashMap<String, Object>();
    message.put("jsonrpc", "2.0");
    if (id != null) {
      message.put("id", id);
    }
    message.put("method", method);
    message.put("params", params);
    return JSON.writeValueAsString(message);
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    serving.close();
  }
}
