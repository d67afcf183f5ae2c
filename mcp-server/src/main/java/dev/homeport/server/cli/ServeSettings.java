package dev.homeport.server.cli;

import dev.homeport.server.TenantLimits;
import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.server.identity.AccessTokens;
import dev.homeport.server.identity.ProtectedResource;
import dev.homeport.server.transport.HttpSettings;
import dev.homeport.server.transport.SessionLimits;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the keys `serve.*` of a configuration mean.
///
/// @param resource what clients are told of the authorization server, if one is configured
/// @param accessTokens checks its tokens
/// @param metricsPort the loopback port of the metrics, if they are wanted
record ServeSettings(
    HttpSettings http,
    Optional<ProtectedResource> resource,
    Optional<AccessTokens> accessTokens,
    TenantLimits limits,
    Optional<Integer> metricsPort) {
  /// @param port the port to listen on
  /// @param home what `~/` stands for
  /// @throws CommandException if something does not fit
  static ServeSettings of(Config config, int port, Path home) throws CommandException {
    Optional<URI> url = uri(config, ConfigKey.SERVE_URL);
    var hosts = new ArrayList<>(config.setting(ConfigKey.SERVE_HOSTS).values());
    url.map(URI::getHost).ifPresent(hosts::add);
    var http =
        new HttpSettings(
            address(config),
            port,
            hosts,
            config.setting(ConfigKey.SERVE_ORIGINS).values(),
            tls(config, home),
            (int) config.number(ConfigKey.SERVE_CONNECTIONS));
    Optional<String> issuer = config.text(ConfigKey.SERVE_ISSUER);
    Optional<URI> keys = uri(config, ConfigKey.SERVE_JWKS);
    if (issuer.isPresent() && (url.isEmpty() || keys.isEmpty())) {
      throw new CommandException(
          ExitCodes.USAGE,
          "serve.issuer is set, so serve.url (what clients call this server, the audience of their"
              + " tokens) and serve.jwks (where the issuer's keys are) must be set too");
    }
    return new ServeSettings(
        http,
        issuer.map(known -> new ProtectedResource(url.orElseThrow(), known)),
        issuer.isEmpty()
            ? Optional.empty()
            : Optional.of(accessTokens(issuer.get(), url.orElseThrow(), keys.orElseThrow())),
        new TenantLimits(
            config.number(ConfigKey.SERVE_REQUESTS_PER_MINUTE),
            (int) config.number(ConfigKey.SERVE_CALLS),
            new SessionLimits(
                (int) config.number(ConfigKey.SERVE_SESSIONS),
                (int) config.number(ConfigKey.SERVE_ALL_SESSIONS),
                Duration.ofMinutes(config.number(ConfigKey.SERVE_SESSION_MINUTES)))),
        config
            .text(ConfigKey.SERVE_METRICS_PORT)
            .map(_ -> (int) config.number(ConfigKey.SERVE_METRICS_PORT)));
  }

  private static AccessTokens accessTokens(String issuer, URI url, URI keys)
      throws CommandException {
    boolean isLocal =
        "http".equals(keys.getScheme())
            && List.of("127.0.0.1", "localhost", "[::1]").contains(keys.getHost());
    if (!"https".equals(keys.getScheme()) && !isLocal) {
      throw new CommandException(
          ExitCodes.USAGE, "serve.jwks is '" + keys + "', but keys are only fetched over https");
    }
    try {
      return new AccessTokens(issuer, url.toString(), keys);
    } catch (MalformedURLException | IllegalArgumentException wrong) {
      throw new CommandException(
          ExitCodes.USAGE,
          "serve.jwks is '" + keys + "', but must be a URL: " + wrong.getMessage());
    }
  }

  private static InetAddress address(Config config) throws CommandException {
    String text = config.text(ConfigKey.SERVE_ADDRESS).orElse("127.0.0.1");
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException noLiteral) {
      throw new CommandException(
          ExitCodes.USAGE,
          "serve.address is '" + text + "', but must be an IP address, such as 127.0.0.1 or ::");
    }
  }

  private static Optional<URI> uri(Config config, ConfigKey key) throws CommandException {
    Optional<String> text = config.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var uri = new URI(text.get());
      if (uri.getHost() != null && uri.getScheme() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException _) {
      // Told below.
    }
    throw new CommandException(
        ExitCodes.USAGE,
        key.label() + " is '" + text.get() + "', but must be a URL such as https://host/path");
  }

  private static Optional<HttpSettings.Tls> tls(Config config, Path home) throws CommandException {
    List<Path> certificate = config.paths(ConfigKey.SERVE_TLS_CERTIFICATE, home);
    List<Path> key = config.paths(ConfigKey.SERVE_TLS_KEY, home);
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.size() != 1 || key.size() != 1) {
      throw new CommandException(
          ExitCodes.USAGE,
          "serve.tls-certificate and serve.tls-key belong together, and each is one PEM file");
    }
    for (Path file : List.of(certificate.getFirst(), key.getFirst())) {
      if (!Files.isReadable(file)) {
        throw new CommandException(ExitCodes.USAGE, file + " cannot be read");
      }
    }
    return Optional.of(new HttpSettings.Tls(certificate.getFirst(), key.getFirst()));
  }
}
