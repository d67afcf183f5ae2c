package dev.homeport.server.metrics;

import dev.homeport.search.IndexStatus;
import dev.homeport.server.transport.Monitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Counts what a server over HTTP does, for Prometheus. No label comes from a client: there are as
/// many series as there are tools, statuses and states. Thread-safe.
public final class ServerMetrics implements Monitor, AutoCloseable {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final int port;

  /// @param port the loopback port of the page; 0 for any that is free
  public ServerMetrics(int port) {
    this.port = port;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /// Shows what is open.
  ///
  /// @param sessions how many sessions of the legacy era are
  /// @param workspaces the state of each workspace that is served now
  public void show(IntSupplier sessions, Supplier<List<Vitals>> workspaces) {
    gauge("homeport.http.sessions", "Sessions of the legacy era", sessions);
    gauge("homeport.workspaces", "Workspaces that are open", () -> workspaces.get().size());
    gauge("homeport.sandboxes", "Sandboxes", () -> sum(workspaces, Vitals::sandboxes));
    gauge(
        "homeport.index.files",
        "Files that are indexed for grep",
        () -> sum(workspaces, state -> state.index().map(IndexStatus::indexedFiles).orElse(0)));
    for (IndexStatus.State state : IndexStatus.State.values()) {
      Gauge.builder("homeport.indexes", () -> inState(workspaces.get(), state))
          .description("Workspaces by the state of their index")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private void gauge(String name, String description, IntSupplier value) {
    Gauge.builder(name, value::getAsInt).description(description).register(registry);
  }

  private static int sum(Supplier<List<Vitals>> workspaces, ToIntFunction<Vitals> part) {
    return workspaces.get().stream().mapToInt(part).sum();
  }

  private static long inState(List<Vitals> workspaces, IndexStatus.State state) {
    return workspaces.stream()
        .filter(one -> one.index().filter(index -> index.state() == state).isPresent())
        .count();
  }

  /// A call of a tool that there is has ended.
  ///
  /// @param changes whether the tool can change something
  public void called(String tool, boolean changes, Duration took, boolean isError) {
    Timer.builder("homeport.tool.calls")
        .description("Calls of tools")
        .tag("tool", tool)
        .tag("outcome", isError ? "error" : "ok")
        .register(registry)
        .record(took);
    if (changes && !isError) {
      registry.counter("homeport.writes", "tool", tool).increment();
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void answered(int status) {
    registry.counter("homeport.http.answers", "status", Integer.toString(status)).increment();
  }

  @Override
  public String page() {
    return registry.scrape();
  }

  @Override
  public String mediaType() {
    return MEDIA_TYPE;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
