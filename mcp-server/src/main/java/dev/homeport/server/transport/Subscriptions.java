package dev.homeport.server.transport;

import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Subscription;
import dev.homeport.server.protocol.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The open `subscriptions/listen` requests of a client whose messages share one channel.
/// Thread-safe.
final class Subscriptions {
  /// A client that has more of them has forgotten some.
  static final int LIMIT = 64;

  private final Map<Object, Subscription> open = new LinkedHashMap<>();
  private final Consumer<Map<String, Object>> out;

  /// @param out sends a message
  Subscriptions(Consumer<Map<String, Object>> out) {
    this.out = out;
  }

  /// Opens one and acknowledges it.
  ///
  /// @throws ProtocolException if its id is taken, or there are too many
  synchronized void open(Object id, Subscription subscription) throws ProtocolException {
    if (open.containsKey(id)) {
      throw new ProtocolException(RpcError.idInUse());
    }
    if (open.size() >= LIMIT) {
      throw new ProtocolException(
          RpcError.INVALID_REQUEST,
          "There are %d subscriptions; cancel one first".formatted(LIMIT));
    }
    out.accept(subscription.acknowledgement());
    open.put(id, subscription);
  }

  synchronized boolean has(Object id) {
    return open.containsKey(id);
  }

  /// Ends one that its client no longer wants.
  ///
  /// @return false if there is none of this id
  synchronized boolean cancel(Object id) {
    return open.remove(id) != null;
  }

  synchronized void changed(Topic topic) {
    for (Subscription subscription : open.values()) {
      if (subscription.wants(topic)) {
        out.accept(subscription.changed(topic));
      }
    }
  }

  /// Ends all, and says so.
  synchronized void end() {
    open.values().forEach(subscription -> out.accept(subscription.end()));
    open.clear();
  }
}
