package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.session.Emitted;
import dev.homeport.session.Event;
import dev.homeport.session.EventDraft;
import dev.homeport.session.EventPage;
import dev.homeport.session.EventQuery;
import dev.homeport.session.EventQuery.Order;
import dev.homeport.session.SessionId;
import dev.homeport.session.SessionOwner;
import dev.homeport.session.Sessions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;
import tools.jackson.databind.json.JsonMapper;

/// The tools that keep an agent oriented: waking up, the session log. Thread-safe.
public final class ContextTools {
  private static final int DEFAULT_EVENTS = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Lazy<Sessions> sessions;
  private final WakeReport wake;

  /// @param sessions the sessions and their logs
  /// @param wake what `wake` tells
  public ContextTools(Lazy<Sessions> sessions, WakeReport wake) {
    this.sessions = sessions;
    this.wake = wake;
  }

  /// Sessions as the framework asks for them.
  ///
  /// @param principal whose sessions; on stdio the user of the operating system
  public static SessionSource sessionSource(Lazy<Sessions> sessions, String principal) {
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

  record WakeArgs(
      @Arg("Budget; default 4000") @Nullable Integer tokens,
      @Arg("Where you work; default the root") @Nullable String directory,
      @Nullable String session) {
    WakeArgs {
      if (tokens != null && (tokens < 200 || tokens > 50_000)) {
        throw new IllegalArgumentException("tokens is " + tokens + ", but must be 200 to 50000");
      }
    }
  }

  @McpTool(
      name = "wake",
      title = "Where was I?",
      description =
          "Call first, and after compaction: session id, other sessions, plan, last events,"
              + " memory index, skills, CLAUDE.md instructions.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult wake(WakeArgs args, ToolContext context) throws IOException, InterruptedException {
    SessionId session = SessionId.parse(context.session(args.session()));
    int tokens = Objects.requireNonNullElse(args.tokens(), WakeReport.DEFAULT_TOKENS);
    String directory = Objects.requireNonNullElse(args.directory(), ".");
    return ToolResult.text(wake.of(session, directory, 4 * tokens))
        .withMeta("session", session.text());
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
      @Arg("Position to show both sides of") @Nullable Long around,
      @Arg("Default 20") @Nullable Integer limit,
      @Nullable List<String> types,
      @Arg("Default asc with from or around, else desc") @Nullable EventOrder order,
      @Nullable String session) {
    EventQuery query() {
      int most = Objects.requireNonNullElse(limit, DEFAULT_EVENTS);
      boolean isAscending =
          order == null ? from != null || around != null : order == EventOrder.ASC;
      long start =
          around == null ? Objects.requireNonNullElse(from, 0L) : Math.max(0, around - most / 2);
      long end = to != null ? to : around == null ? Long.MAX_VALUE : start + most;
      return new EventQuery(
          start,
          end,
          most,
          types == null ? Set.of() : Set.copyOf(types),
          isAscending ? Order.ASCENDING : Order.DESCENDING);
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
    EventPage page = sessions.get().log(session).events(query);
    var text = new StringBuilder();
    page.events().forEach(event -> text.append(line(event)).append('\n'));
    if (page.events().isEmpty()) {
      text.append("No such events; session %s has %d.\n".formatted(session, page.size()));
    }
    if (page.more()) {
      String argument = query.order() == Order.ASCENDING ? "from" : "to";
      text.append("[More: %s %d]\n".formatted(argument, page.next()));
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
