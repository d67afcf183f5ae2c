package dev.homeport.server;

import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.Identities;
import dev.homeport.server.identity.PrincipalName;
import dev.homeport.server.identity.ProtectedResource;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.transport.Admission;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Those who are served over HTTP with an identity. Each is opened at their first request, and sees
/// nothing of the others: no object that holds content is shared. Thread-safe.
public final class Tenants implements Admission {
  private static final int SWEEP_SECONDS = 5;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Identities identities;
  private final Optional<ProtectedResource> resource;
  private final TenantConfigs configs;
  private final UserDirectories operator;
  private final HttpShared shared;
  private final Map<PrincipalName, Tenant> open = new HashMap<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tenants").factory());

  /// @param resource what clients can learn about the authorization server, if there is one
  /// @param operator the directories of the one who runs the server
  /// @param shared what they have in common
  public Tenants(
      Identities identities,
      Optional<ProtectedResource> resource,
      TenantConfigs configs,
      UserDirectories operator,
      HttpShared shared) {
    this.identities = identities;
    this.resource = resource;
    this.configs = configs;
    this.operator = operator;
    this.shared = shared;
    shared.show(this::homeports);
    var _ =
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Optional<HttpLane> admit(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String authorization = request.getHeader("Authorization");
    Optional<Grant> grant = identities.identify(authorization);
    if (grant.isEmpty()) {
      response.setHeader("WWW-Authenticate", challenge(authorization != null));
      Refusals.send(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          new RpcError(
              RpcError.INVALID_REQUEST,
              "Say who you are: send `Authorization: Bearer TOKEN` with a token that counts here"));
      return Optional.empty();
    }
    Tenant tenant;
    try {
      tenant = tenant(grant.get());
    } catch (IOException failed) {
      log()
          .log(
              Level.ERROR,
              "principal={0} not served: {1}",
              grant.get().name(),
              failed.getMessage());
      Refusals.send(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          new RpcError(
              RpcError.INTERNAL_ERROR,
              "Your workspace cannot be opened; the server's operator sees why in its log"));
      return Optional.empty();
    }
    Duration wait = tenant.rate().take();
    if (!wait.isZero()) {
      response.setHeader("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
      Refusals.send(
          response,
          TOO_MANY_REQUESTS,
          new RpcError(RpcError.INVALID_REQUEST, "Too many requests; ask again later"));
      return Optional.empty();
    }
    return Optional.of(tenant.lane());
  }

  private String challenge(boolean wasGiven) {
    String error = wasGiven ? ", error=\"invalid_token\"" : "";
    return resource
        .map(known -> "Bearer resource_metadata=\"" + known.metadataUrl() + "\"" + error)
        .orElse("Bearer realm=\"homeport\"" + error);
  }

  private synchronized Tenant tenant(Grant grant) throws IOException {
    Tenant known = open.get(grant.name());
    if (known != null && known.grant().equals(grant)) {
      return known;
    }
    Tenant opened = Tenant.open(grant, configs, operator, shared);
    open.put(grant.name(), opened);
    if (known != null) {
      known.close();
    }
    return opened;
  }

  private synchronized List<Homeport> homeports() {
    return open.values().stream().map(Tenant::homeport).toList();
  }

  HttpShared shared() {
    return shared;
  }

  /// Ends those whose grant is gone or changed, with their streams.
  private synchronized void sweep() {
    List<Grant> current = identities.all();
    open.values()
        .removeIf(tenant -> {
          boolean isGone = !current.contains(tenant.grant());
          if (isGone) {
            tenant.close();
          }
          return isGone;
        });
  }

  @Override
  public boolean answerPublic(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (resource.isEmpty() || !ProtectedResource.PATHS.contains(request.getRequestURI())) {
      return false;
    }
    Refusals.send(response, HttpServletResponse.SC_OK, resource.get().metadata());
    return true;
  }

  @Override
  public synchronized void endStreams() {
    open.values().stream().map(Tenant::lane).forEach(HttpLane::endStreams);
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    synchronized (this) {
      open.values().forEach(Tenant::close);
      open.clear();
    }
  }

  private static System.Logger log() {
    return System.getLogger(Tenants.class.getName());
  }
}
