package dev.homeport.server.tool;

import dev.homeport.secret.SecretMasker;
import dev.homeport.session.EventDraft;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Logs each call as an event `tool.called` of its session: the tool, milliseconds, whether it
/// failed, the size of each argument as JSON, and the masked beginning of each. Thread-safe.
///
/// Calls of `session_events` are left out: one that waits for events would be woken by the entry of
/// the one before.
public final class ToolCallLog implements ToolObserver {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TYPE = "tool.called";
  private static final String READER = "session_events";
  private static final int LONGEST_NAME = 64;
  private static final int MOST_ARGUMENTS = 20;

  /// So many characters of an argument are shown.
  private static final int SHOWN = 40;

  /// So much is looked at, that a secret at the end of what is shown is recognised as one.
  private static final int LOOKED_AT = 8_192;

  private final Lazy<Sessions> sessions;

  /// @param sessions where the events go
  public ToolCallLog(Lazy<Sessions> sessions) {
    this.sessions = sessions;
  }

  @Override
  public void called(Call call, ToolContext context) {
    if (call.tool().equals(READER)) {
      return;
    }
    // A cancelled call is logged as well; its thread stays interrupted.
    boolean wasInterrupted = Thread.interrupted();
    try {
      String named = call.arguments().get("session") instanceof String session ? session : null;
      SessionId session = SessionId.parse(context.session(named));
      sessions.get().log(session).emit(new EventDraft(TYPE, facts(call), null));
    } catch (IOException e) {
      System.getLogger(ToolCallLog.class.getName())
          .log(Level.WARNING, "tool={0} not logged: {1}", call.tool(), e.getMessage());
    } catch (InterruptedException e) {
      wasInterrupted = true;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, @Nullable Object> facts(Call call) {
    var sizes = new LinkedHashMap<String, Object>();
    var preview = new LinkedHashMap<String, Object>();
    call.arguments().entrySet().stream()
        .limit(MOST_ARGUMENTS)
        .forEach(argument -> {
          String name = cut(argument.getKey(), LONGEST_NAME);
          String json = json(argument.getValue());
          sizes.put(name, json.length());
          preview.put(name, preview(json));
        });
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("tool", cut(call.tool(), LONGEST_NAME));
    facts.put("ms", call.took().toMillis());
    facts.put("isError", call.isError());
    facts.put("sizes", sizes);
    facts.put("preview", preview);
    return facts;
  }

  private static String json(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JacksonException e) {
      return "";
    }
  }

  private static String preview(String json) {
    return cut(SecretMasker.mask(cut(json, LOOKED_AT)).text(), SHOWN);
  }

  /// The beginning of a text; half a surrogate pair at its end would be no text.
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most) + "…";
  }
}
