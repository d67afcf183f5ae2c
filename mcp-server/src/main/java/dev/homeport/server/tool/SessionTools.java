package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.session.Emitted;
import dev.homeport.session.Event;
import dev.homeport.session.EventDraft;
import dev.homeport.session.EventFilter;
import dev.homeport.session.EventPage;
import dev.homeport.session.EventQuery;
import dev.homeport.session.EventQuery.Order;
import dev.homeport.session.SessionId;
import dev.homeport.session.SessionOwner;
import dev.homeport.session.Sessions;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;
import tools.jackson.databind.json.JsonMapper;

/// The tools of the session log. Thread-safe.
public final class SessionTools {
  private static final int DEFAULT_EVENTS = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Lazy<Sessions> sessions;

  /// @param sessions the sessions and their logs
  public SessionTools(Lazy<Sessions> sessions) {
    this.sessions = sessions;
  }

  /// Sessions as the framework asks for them.
  ///
  /// @param principal whose sessions; on stdio the user of the operating system
  public static SessionSource source(Lazy<Sessions> sessions, String principal) {
    return new SessionSource() {
      @Override
      public String principal() {
        return principal;
      }

      @Override
      public String bind(Optional<String> requested, String clientName)
          throws IOException, InterruptedException {
        SessionId asked = requested.isEmpty() ? null : SessionId.parse(requested.get());
        var owner = new SessionOwner(principal, clientName);
        return sessions.get().idOf(owner, asked).text();
      }
    };
  }

  record EmitArgs(
      @Arg(value = "Such as checkpoint", aliases = "event") String type,
      @Arg(aliases = {"payload", "details"}) @Nullable Map<String, Object> data,
      @Arg("The same key appends only once") @Nullable String idempotencyKey,
      @Nullable String session) {}

  record EmitResult(String session, long position, String time, boolean repeated, int masked) {}

  @McpTool(
      name = "session_emit",
      title = "Append to the session log",
      description = "Appends an event durably and returns its position. Secrets are masked.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = false,
              openWorldHint = false))
  @ResultType(EmitResult.class)
  ToolResult emit(EmitArgs args, ToolContext context) throws IOException, InterruptedException {
    SessionId session = SessionId.parse(context.session(args.session()));
    Map<String, Object> data = Objects.requireNonNullElse(args.data(), Map.of());
    Emitted emitted =
        sessions.get().log(session).emit(new EventDraft(args.type(), data, args.idempotencyKey()));
    String text =
        "Position %d of session %s%s%s."
            .formatted(
                emitted.position(),
                session,
                emitted.repeated() ? ", where this key stood already" : "",
                emitted.masked() == 0 ? "" : ", %d secrets masked".formatted(emitted.masked()));
    return ToolResult.structured(
        text,
        new EmitResult(
            session.text(),
            emitted.position(),
            emitted.time().toString(),
            emitted.repeated(),
            emitted.masked()));
  }

  /// The order of events.
  enum EventOrder {
    ASC,
    DESC
  }

  record EventsArgs(
      @Arg("First position") @Nullable Long from,
      @Arg("Position to stop before") @Nullable Long to,
      @Arg("Instead: position to show both sides of") @Nullable Long around,
      @Arg("ISO 8601 instant") @Nullable String since,
      @Arg("Instant to stop before") @Nullable String until,
      @Arg("Default 20") @Nullable Integer limit,
      @Nullable List<String> types,
      @Arg("Default asc with from, around, since or wait_s, else desc") @Nullable EventOrder order,
      @Arg("While there is none: wait for one, at most 60") @Nullable Integer waitS,
      @Nullable String session) {
    EventsArgs {
      if (around != null && (from != null || to != null)) {
        throw new IllegalArgumentException(
            "around stands for both from and to: give around with limit, or from and to");
      }
    }

    EventQuery query() {
      int most = Objects.requireNonNullElse(limit, DEFAULT_EVENTS);
      var filter =
          new EventFilter(
              types == null ? Set.of() : Set.copyOf(types),
              instant("since", since),
              instant("until", until));
      EventQuery query =
          around != null
              ? EventQuery.around(around, most).with(filter)
              : new EventQuery(
                  Objects.requireNonNullElse(from, 0L),
                  Objects.requireNonNullElse(to, Long.MAX_VALUE),
                  most,
                  filter,
                  Order.ASCENDING);
      return query.in(isAscending() ? Order.ASCENDING : Order.DESCENDING);
    }

    private boolean isAscending() {
      return order == null
          ? from != null || around != null || since != null || waitS != null
          : order == EventOrder.ASC;
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
      try {
        return text == null ? null : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            name + " is '" + text + "', but must be an instant such as 2026-11-25T13:00:00Z", e);
      }
    }

    Duration limitOfWait() {
      return Duration.ofSeconds(Objects.requireNonNullElse(waitS, 0));
    }
  }

  @McpTool(
      name = "session_events",
      title = "Read the session log",
      description = "Events of the session by position, time and type; the last ones by default.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult events(EventsArgs args, ToolContext context) throws IOException, InterruptedException {
    SessionId session = SessionId.parse(context.session(args.session()));
    EventQuery query = args.query();
    EventPage page = sessions.get().log(session).await(query, args.limitOfWait());
    var text = new StringBuilder();
    page.events().forEach(event -> text.append(line(event)).append('\n'));
    if (page.events().isEmpty()) {
      text.append("No such events; session %s has %d.\n".formatted(session, page.size()));
    }
    if (page.more()) {
      String argument = query.order() == Order.ASCENDING ? "from" : "to";
      text.append("[More: %s %d]\n".formatted(argument, page.next()));
    } else if (args.waitS() != null) {
      text.append("[To wait for the next: from %d]\n".formatted(page.size()));
    }
    return ToolResult.text(text.toString())
        .withMeta("next", page.next())
        .withMeta("size", page.size());
  }

  /// An event as one line: position, time, type, data.
  static String line(Event event) {
    return "%d %s %s %s"
        .formatted(
            event.position(), event.time(), event.type(), JSON.writeValueAsString(event.data()));
  }
}
