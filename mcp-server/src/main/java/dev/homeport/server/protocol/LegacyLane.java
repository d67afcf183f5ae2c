package dev.homeport.server.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What only the legacy revisions have: the handshake, `ping` and the level of logging.
/// Thread-safe.
///
/// Source: the specification of 2025-11-25, lifecycle and utilities.
public final class LegacyLane {
  /// The revisions that are spoken, the newest first.
  public static final List<String> VERSIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final Set<String> LEVELS =
      Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private final ServerCard card;

  /// @param card what `initialize` answers
  public LegacyLane(ServerCard card) {
    this.card = card;
  }

  /// The answer to `initialize`: in the revision that the client asks for, or in the newest.
  ///
  /// @throws ProtocolException if the client does not say which revision it wants
  public Map<String, Object> initialize(Message.Request request) throws ProtocolException {
    String wanted = request.string("protocolVersion");
    var result = new LinkedHashMap<String, Object>();
    result.put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
    var capabilities = new LinkedHashMap<>(card.capabilities());
    capabilities.put("logging", Map.of());
    result.put("capabilities", capabilities);
    result.put("serverInfo", card.portrait());
    result.put("instructions", card.instructions().get());
    return result;
  }

  /// The answer to what can be asked at any time; empty if the request asks for something else.
  ///
  /// @throws ProtocolException if the parameters do not fit
  public Optional<Map<String, Object>> answer(Message.Request request) throws ProtocolException {
    return switch (request.method()) {
      case "ping" -> Optional.of(Map.of());
      case "logging/setLevel" -> {
        // Nothing is logged to clients: what they need to know is in the answers.
        if (!LEVELS.contains(request.string("level"))) {
          throw ProtocolException.invalidParams("`level` must be one of " + LEVELS);
        }
        yield Optional.of(Map.of());
      }
      default -> Optional.empty();
    };
  }
}
