package dev.homeport.server;

import dev.homeport.server.metrics.ServerMetrics;
import dev.homeport.server.metrics.Vitals;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.tool.ToolObserver;
import dev.homeport.server.tool.ToolObserver.Effect;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.Monitor;
import dev.homeport.server.transport.SessionPlaces;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What all who are served over HTTP have in common. Thread-safe.
public final class HttpShared implements AutoCloseable {
  private final TenantLimits limits;
  private final SessionPlaces places;
  private final Optional<ServerMetrics> metrics;

  /// @param limits what each may ask at most
  /// @param metrics count what is done, if somebody wants to know; closed with this
  public HttpShared(TenantLimits limits, Optional<ServerMetrics> metrics) {
    this.limits = limits;
    this.places = new SessionPlaces(limits.sessions());
    this.metrics = metrics;
  }

  TenantLimits limits() {
    return limits;
  }

  /// A lane for one of several principals.
  HttpLane lane(Surface surface) {
    return new HttpLane(surface, limits.calls(), places);
  }

  /// The lane of all.
  HttpLane onlyLane(Surface surface) {
    return new HttpLane(surface, places);
  }

  /// Is told of each call of a tool.
  ToolObserver observer() {
    return metrics.map(HttpShared::counting).orElse(ToolObserver.NONE);
  }

  /// A name that no tool has is no label.
  private static ToolObserver counting(ServerMetrics metrics) {
    return (call, context) -> {
      if (call.effect() != Effect.NONE) {
        metrics.called(call.tool(), call.effect() == Effect.CHANGES, call.took(), call.isError());
      }
    };
  }

  /// Shows what is open.
  void show(Supplier<List<Homeport>> workspaces) {
    metrics.ifPresent(known ->
        known.show(
            places::taken, () -> workspaces.get().stream().map(HttpShared::vitals).toList()));
  }

  private static Vitals vitals(Homeport homeport) {
    return new Vitals(homeport.indexStatus(), homeport.sandboxes());
  }

  Optional<Monitor> monitor() {
    return metrics.map(known -> known);
  }

  @Override
  public void close() {
    metrics.ifPresent(ServerMetrics::close);
  }
}
