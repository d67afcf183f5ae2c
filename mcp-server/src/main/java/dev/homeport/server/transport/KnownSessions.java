package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/// The SDK's provider, watched so that one can ask which sessions it has, bound how many there are,
/// and see which are not used any more. Thread-safe.
final class KnownSessions implements McpStreamableServerTransportProvider {
  /// The place of the session that is being begun.
  static final ScopedValue<SessionPlaces.Place> PLACE = ScopedValue.newInstance();

  private final McpStreamableServerTransportProvider provider;
  private final LongSupplier nanoTime;
  private final Map<String, Known> sessions = new ConcurrentHashMap<>();

  KnownSessions(McpStreamableServerTransportProvider provider, LongSupplier nanoTime) {
    this.provider = provider;
    this.nanoTime = nanoTime;
  }

  /// A session that did not end.
  final class Known {
    private final McpStreamableServerSession session;
    private final String client;
    private final SessionPlaces.Place place;
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile long lastUse = nanoTime.getAsLong();

    private Known(McpStreamableServerSession session, String client, SessionPlaces.Place place) {
      this.session = session;
      this.client = client;
      this.place = place;
    }

    /// The name that the client gave itself.
    String client() {
      return client;
    }

    /// A request of it is at work.
    void begin() {
      atWork.incrementAndGet();
    }

    /// One ended.
    void end() {
      lastUse = nanoTime.getAsLong();
      atWork.decrementAndGet();
    }

    private boolean isIdle(long nanos) {
      long now = nanoTime.getAsLong();
      if (atWork.get() > 0 || session.hasOpenStream()) {
        lastUse = now;
      }
      return now - lastUse > nanos;
    }
  }

  /// The session of an id, if it did not end yet.
  Optional<Known> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /// A session that its client ended.
  void forget(String id) {
    Known known = sessions.remove(id);
    if (known != null) {
      known.place.giveBack();
    }
  }

  /// The ids of those that nobody has used for so long.
  List<String> idle(long nanos) {
    return sessions.entrySet().stream()
        .filter(entry -> entry.getValue().isIdle(nanos))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Forgets all.
  void forgetAll() {
    List.copyOf(sessions.keySet()).forEach(this::forget);
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    provider.setSessionFactory(request -> {
      SessionPlaces.Place place = PLACE.get();
      var started = factory.startSession(request);
      sessions.put(
          started.session().getId(),
          new Known(started.session(), request.clientInfo().name(), place));
      place.keep();
      return started;
    });
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return provider.notifyClients(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return provider.closeGracefully();
  }

  @Override
  public void close() {
    provider.close();
  }

  @Override
  public List<String> protocolVersions() {
    return provider.protocolVersions();
  }
}
