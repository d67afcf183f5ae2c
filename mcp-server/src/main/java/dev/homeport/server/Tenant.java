package dev.homeport.server;

import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.RateLimit;
import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.transport.HttpLane;
import java.io.IOException;

/// One who is served: a Homeport of their own, with directories of their own for what others keep
/// in their home.
final class Tenant implements AutoCloseable {
  private final Grant grant;
  private final Homeport homeport;
  private final HttpLane lane;
  private final RateLimit rate;

  private Tenant(Grant grant, Homeport homeport, HttpShared shared) {
    this.grant = grant;
    this.homeport = homeport;
    var surface = homeport.surface();
    this.lane = shared.lane(surface);
    McpServers.start(lane.provider(), surface);
    this.rate = new RateLimit(shared.limits().requestsPerMinute(), System::nanoTime);
  }

  /// @param operator the directories of the one who runs the server
  static Tenant open(
      Grant grant, TenantConfigs configs, UserDirectories operator, HttpShared shared)
      throws IOException {
    ServerConfig config = configs.of(grant).as(grant.name().text());
    UserDirectories own = operator.ofTenant(grant.name().text());
    var homeport = Homeport.open(config, own, shared.observer());
    var tenant = new Tenant(grant, homeport, shared);
    Thread.ofVirtual().name("index-open").start(homeport::begin);
    return tenant;
  }

  Grant grant() {
    return grant;
  }

  Homeport homeport() {
    return homeport;
  }

  HttpLane lane() {
    return lane;
  }

  RateLimit rate() {
    return rate;
  }

  /// Ends streams, then what they read from.
  @Override
  public void close() {
    lane.endStreams();
    lane.close();
    homeport.close();
  }
}
