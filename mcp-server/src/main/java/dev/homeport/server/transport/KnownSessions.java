package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/// The SDK's provider, watched so that one can ask which sessions it has. A session is known as
/// long as the SDK holds it. Thread-safe.
final class KnownSessions implements McpStreamableServerTransportProvider {
  private final McpStreamableServerTransportProvider provider;
  private final Map<String, WeakReference<McpStreamableServerSession>> sessions =
      new ConcurrentHashMap<>();

  KnownSessions(McpStreamableServerTransportProvider provider) {
    this.provider = provider;
  }

  /// Whether a session of this id was begun and not ended yet.
  boolean knows(String id) {
    var session = sessions.get(id);
    return session != null && session.get() != null;
  }

  /// A session that its client ended.
  void forget(String id) {
    sessions.remove(id);
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    provider.setSessionFactory(request -> {
      var started = factory.startSession(request);
      sessions.values().removeIf(session -> session.get() == null);
      sessions.put(started.session().getId(), new WeakReference<>(started.session()));
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
