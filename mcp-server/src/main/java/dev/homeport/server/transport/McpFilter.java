package dev.homeport.server.transport;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Surface;
import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// Answers requests before the SDK's servlet sees them: those of the modern era, and those of the
/// legacy era that belong to a session and are about what the server offers. The servlet is left
/// the sessions themselves: `initialize`, the stream that they listen on, their end.
///
/// What is answered here keeps the rule of the servlet that a session must be named and known. All
/// else is passed on unread, but for the body, which is held.
final class McpFilter implements Filter {
  private final Surface surface;
  private final KnownSessions sessions;
  private final SessionPlaces.Share places;
  private final ScheduledExecutorService timer;
  private final ModernHttp modern;
  private final Map<Call, HttpReply> calls = new ConcurrentHashMap<>();

  /// A legacy request at work.
  private record Call(String session, Object id) {}

  McpFilter(
      Surface surface,
      KnownSessions sessions,
      SessionPlaces.Share places,
      ScheduledExecutorService timer) {
    this.surface = surface;
    this.sessions = sessions;
    this.places = places;
    this.timer = timer;
    this.modern = new ModernHttp(surface);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && asked.getRequestURI().equals(HttpTransport.ENDPOINT))) {
      chain.doFilter(request, response);
      return;
    }
    if (asked.getMethod().equals("HEAD")) {
      // The servlet would take it for the stream that a session listens on.
      answer.setHeader("Allow", "GET, POST, DELETE");
      answer.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    if (asked.getMethod().equals("DELETE")) {
      Optional.ofNullable(asked.getHeader(HttpHeaders.MCP_SESSION_ID)).ifPresent(sessions::forget);
    }
    if (!asked.getMethod().equals("POST")) {
      toServlet(asked, answer, null, chain);
      return;
    }
    int limit = StdioTransport.MESSAGE_LIMIT;
    boolean isTooLarge = asked.getContentLengthLong() > limit;
    byte[] body = isTooLarge ? new byte[0] : asked.getInputStream().readNBytes(limit + 1);
    if (isTooLarge || body.length > limit) {
      Refusals.send(
          answer,
          HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
          new RpcError(
              RpcError.INVALID_REQUEST,
              "The message is larger than %,d bytes; send less at a time".formatted(limit)));
      return;
    }
    answer(asked, body, answer, chain);
  }

  private static void toServlet(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object id,
      FilterChain chain)
      throws IOException, ServletException {
    var errors = new SdkErrors(response);
    chain.doFilter(request, errors);
    errors.finish(id);
  }

  private void answer(
      HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Message message = Message.parse(new ByteArrayInputStream(body));
    if (ModernHttp.isModern(request, message)) {
      try (var reply = new HttpReply(response, timer)) {
        modern.answer(request, message, reply, response);
      }
      return;
    }
    String session = Objects.requireNonNullElse(request.getHeader(HttpHeaders.MCP_SESSION_ID), "");
    // Without one, the servlet says what is wrong with the session.
    Optional<KnownSessions.Known> known = sessions.find(session);
    known.ifPresent(KnownSessions.Known::begin);
    try {
      if (isAnswered(session, known, message, response)) {
        return;
      }
      var held = new HeldRequest(request, body);
      if (!(message instanceof Message.Request asked)) {
        toServlet(held, response, null, chain);
      } else if (asked.method().equals("initialize")) {
        beginSession(asked, held, response, chain);
      } else {
        toServlet(held, response, asked.id(), chain);
      }
    } finally {
      known.ifPresent(KnownSessions.Known::end);
    }
  }

  private void beginSession(
      Message.Request asked,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException {
    try {
      asked.string("protocolVersion");
      asked.object("capabilities");
      asked.object("clientInfo");
    } catch (ProtocolException wrong) {
      // The SDK would take what is missing for a bug of its own.
      Refusals.send(response, HttpServletResponse.SC_BAD_REQUEST, asked.id(), wrong.error());
      return;
    }
    switch (places.take()) {
      case SessionPlaces.Full(var status, var error) ->
          Refusals.send(response, status, asked.id(), error);
      case SessionPlaces.Place place -> {
        try {
          ScopedValue.where(KnownSessions.PLACE, place)
              .call(() -> begun(asked, request, response, chain));
        } finally {
          place.settle();
        }
      }
    }
  }

  private static int begun(
      Message.Request asked,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException {
    try {
      toServlet(request, response, asked.id(), chain);
      return response.getStatus();
    } catch (ServletException failed) {
      throw new IOException("a session was not begun", failed);
    }
  }

  /// Answers a message; false if it is for the servlet.
  private boolean isAnswered(
      String session,
      Optional<KnownSessions.Known> known,
      Message message,
      HttpServletResponse response)
      throws IOException {
    if (message instanceof Message.Invalid(var id, var error)) {
      Refusals.send(response, HttpServletResponse.SC_BAD_REQUEST, id, error);
      return true;
    }
    if (known.isEmpty()) {
      return false;
    }
    if (message instanceof Message.Notification cancel
        && cancel.method().equals("notifications/cancelled")) {
      cancel(session, cancel.params().get("requestId"));
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      return true;
    }
    if (!(message instanceof Message.Request asked)) {
      return false;
    }
    var call = new Call(session, asked.id());
    try (var reply = new HttpReply(response, timer)) {
      // One that is answered may not have ended yet when its client uses the id again.
      if (calls.merge(call, reply, (old, next) -> old.isOver() ? next : old) != reply) {
        reply.finish(
            HttpServletResponse.SC_BAD_REQUEST, Message.error(asked.id(), RpcError.idInUse()));
        return true;
      }
      try {
        return answer(asked, new Client(known.get().client(), reply), reply);
      } finally {
        calls.remove(call, reply);
      }
    }
  }

  private void cancel(String session, @Nullable Object id) {
    HttpReply reply = id == null ? null : calls.get(new Call(session, id));
    if (reply != null) {
      reply.cancel();
    }
  }

  /// Answers a legacy request; false if it is for the servlet.
  private boolean answer(Message.Request request, Client client, HttpReply reply) {
    Map<String, Object> answer;
    try {
      Optional<Map<String, Object>> result = surface.methods().answer(request, client);
      if (result.isEmpty()) {
        return false;
      }
      answer = Message.result(request.id(), result.get());
    } catch (ProtocolException
        | InputRequiredException
        | InterruptedException
        | RuntimeException
        | Error thrown) {
      answer = Message.error(request.id(), RpcError.of(request.method(), thrown));
    }
    reply.finish(HttpServletResponse.SC_OK, answer);
    return true;
  }
}
