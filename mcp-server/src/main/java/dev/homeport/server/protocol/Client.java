package dev.homeport.server.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who sent a request, as far as the protocol tells. Immutable.
///
/// @param name the name that the client gave itself, not verified; `unknown` if it gave none
/// @param notifier takes what the client is to be told while the request is at work
/// @param inputs what its side can be asked meanwhile
public record Client(String name, Notifier notifier, Inputs inputs) {
  /// The name of a client that gave none.
  public static final String UNKNOWN = "unknown";

  /// Tells the client something about the request that is at work. Thread-safe.
  @FunctionalInterface
  public interface Notifier {
    /// Tells nothing.
    Notifier SILENT = (_, _) -> {};

    /// Sends a notification; does nothing if the request was cancelled or the client is gone.
    void send(String method, Map<String, ?> params);
  }

  /// A client that cannot be asked anything.
  public Client(String name, Notifier notifier) {
    this(name, notifier, Inputs.NONE);
  }

  /// A client that cannot be told anything, either.
  public static Client named(String name) {
    return new Client(name, Notifier.SILENT);
  }

  /// The name in a client's description of itself (`clientInfo`).
  ///
  /// @param info parsed JSON, from the client
  public static String nameIn(@Nullable Object info) {
    return info instanceof Map<?, ?> map && map.get("name") instanceof String name ? name : UNKNOWN;
  }
}
