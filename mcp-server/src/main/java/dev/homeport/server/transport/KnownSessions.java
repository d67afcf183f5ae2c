package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/// The SDK's provider, watched so that one can ask which sessions it has. A session is known as
/// long as the SDK holds it. Thread-safe.
final class KnownSessions implements McpStreamableServerTransportProvider {
  private final McpStreamableServerTransportProvider provider;
  private final Map<String, Known> sessions = new ConcurrentHashMap<>();

  /// @param client the name that the client gave itself
  private record Known(WeakReference<McpStreamableServerSession> session, String client) {
    boolean isOpen() {
      return session.get() != null;
    }
  }

  KnownSessions(McpStreamableServerTransportProvider provider) {
    this.provider = provider;
  }

  /// The name of the client that began a session of this id, if it did not end yet.
  Optional<String> client(String id) {
    return Optional.ofNullable(sessions.get(id)).filter(Known::isOpen).map(Known::client);
  }

  /// A session that its client ended.
  void forget(String id) {
    sessions.remove(id);
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    provider.setSessionFactory(request -> {
      var started = factory.startSession(request);
      sessions.values().removeIf(session -> !session.isOpen());
      sessions.put(
          started.session().getId(),
          new Known(new WeakReference<>(started.session()), request.clientInfo().name()));
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
