package dev.homeport.server.tool;

import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressLog;
import dev.homeport.session.EventDraft;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes an event `egress` into the session's log for each request of a sandbox to the network:
/// where it went, whether and why it was let through, and how many bytes passed; no header, no
/// query and no body. Thread-safe.
public final class SessionEgressLog implements EgressLog {
  private static final String TYPE = "egress";

  private final Lazy<Sessions> sessions;

  /// @param sessions where the events go
  public SessionEgressLog(Lazy<Sessions> sessions) {
    this.sessions = sessions;
  }

  @Override
  public void decided(String session, String sandbox, EgressDecision decision) {
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("sandbox", sandbox);
    facts.put("host", decision.host());
    facts.put("port", decision.port());
    facts.put("method", decision.method());
    facts.put("path", decision.path());
    facts.put("outcome", decision.allowed() ? "allowed" : "refused");
    put("reason", decision.reason(), facts);
    put("rule", decision.rule(), facts);
    if (decision.status() > 0) {
      facts.put("status", decision.status());
    }
    facts.put("sent_bytes", decision.sentBytes());
    facts.put("received_bytes", decision.receivedBytes());
    try {
      sessions.get().log(SessionId.parse(session)).emit(new EventDraft(TYPE, facts, null));
    } catch (IOException | IllegalArgumentException e) {
      // Also of a sandbox that is nobody's yet; the server's own log keeps it.
      logger().log(Level.WARNING, "egress={0} not in a session: {1}", facts, e.getMessage());
    } catch (InterruptedException e) {
      logger().log(Level.WARNING, "egress={0} not in a session: interrupted", facts);
      Thread.currentThread().interrupt();
    }
  }

  private static void put(String key, String value, Map<String, @Nullable Object> facts) {
    if (!value.isEmpty()) {
      facts.put(key, value);
    }
  }

  private static System.Logger logger() {
    return System.getLogger(SessionEgressLog.class.getName());
  }
}
