package dev.homeport.server.transport;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.ModernLane;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Subscription;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Requests of the modern era over HTTP: headers that say what the body says, statuses, and
/// `subscriptions/listen` as a stream that stays open. Thread-safe.
///
/// Source: the specification of 2026-07-28, Streamable HTTP.
final class ModernHttp {
  private static final String VERSION_HEADER = "MCP-Protocol-Version";
  private static final String METHOD_HEADER = "Mcp-Method";
  private static final String NAME_HEADER = "Mcp-Name";
  private static final String ENCODED_BEGIN = "=?base64?";
  private static final String ENCODED_END = "?=";

  private final Surface surface;
  private final ModernLane lane;

  ModernHttp(Surface surface) {
    this.surface = surface;
    this.lane = new ModernLane(surface.card(), surface.methods());
  }

  /// Whether a message is of this era, by its header or by what it says.
  static boolean isModern(HttpServletRequest http, Message message) {
    return ModernLane.VERSION.equals(http.getHeader(VERSION_HEADER))
        || (message instanceof Message.Request request && ModernLane.isModern(request));
  }

  /// Answers a message.
  ///
  /// @param response only for what is no answer to a request
  void answer(
      HttpServletRequest http, Message message, HttpReply reply, HttpServletResponse response) {
    switch (message) {
      case Message.Request request -> answer(http, request, reply);
      case Message.Notification _ -> response.setStatus(HttpServletResponse.SC_ACCEPTED);
      case Message.Response _ ->
          reply.finish(
              HttpServletResponse.SC_BAD_REQUEST,
              Message.error(
                  null,
                  new RpcError(
                      RpcError.INVALID_REQUEST,
                      "Invalid request: nothing is asked of clients in this revision")));
      case Message.Invalid(var id, var error) ->
          reply.finish(HttpServletResponse.SC_BAD_REQUEST, Message.error(id, error));
    }
  }

  private void answer(HttpServletRequest http, Message.Request request, HttpReply reply) {
    Client client;
    try {
      checkHeaders(http, request);
      client = lane.client(request, reply);
    } catch (ProtocolException refused) {
      reply.finish(
          HttpServletResponse.SC_BAD_REQUEST, Message.error(request.id(), refused.error()));
      return;
    }
    try {
      reply.finish(
          HttpServletResponse.SC_OK,
          request.method().equals(ModernLane.LISTEN)
              ? listen(http, request, reply)
              : Message.result(request.id(), lane.answer(request, client)));
    } catch (ProtocolException | InterruptedException | RuntimeException | Error thrown) {
      RpcError error = RpcError.of(request.method(), thrown);
      reply.finish(status(error), Message.error(request.id(), error));
    }
  }

  private static int status(RpcError error) {
    return switch (error.code()) {
      case RpcError.METHOD_NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
      case RpcError.MISSING_CLIENT_CAPABILITY -> HttpServletResponse.SC_BAD_REQUEST;
      case RpcError.INTERNAL_ERROR -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
      default -> HttpServletResponse.SC_OK;
    };
  }

  /// Tells of changes until the client or the server ends it.
  ///
  /// @return the last message
  private Map<String, Object> listen(
      HttpServletRequest http, Message.Request request, HttpReply reply)
      throws ProtocolException, InterruptedException {
    var subscription = Subscription.of(request, surface.card().changing());
    RequestGate.leave(http);
    var changed = new LinkedBlockingQueue<Topic>();
    try (Changes.Registration _ = surface.changes().listen(changed::add)) {
      reply.send(subscription.acknowledgement());
      while (!surface.changes().isOver()) {
        Topic topic = changed.take();
        if (subscription.wants(topic)) {
          reply.send(subscription.changed(topic));
        }
      }
    }
    return subscription.end();
  }

  /// @throws ProtocolException if a header is missing or says something else than the body
  private static void checkHeaders(HttpServletRequest http, Message.Request request)
      throws ProtocolException {
    Optional<String> version = ModernLane.version(request);
    if (version.isPresent()) {
      check(VERSION_HEADER, http.getHeader(VERSION_HEADER), version.get());
    }
    check(METHOD_HEADER, http.getHeader(METHOD_HEADER), request.method());
    Object name =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> request.params().get("name");
          case "resources/read" -> request.params().get("uri");
          default -> null;
        };
    if (name instanceof String text) {
      check(NAME_HEADER, decoded(http.getHeader(NAME_HEADER)), text);
    }
  }

  private static void check(String header, @Nullable String value, String inBody)
      throws ProtocolException {
    if (value == null) {
      throw mismatch("the header " + header + " is missing");
    }
    if (!value.equals(inBody)) {
      throw mismatch(
          "the header %s is '%s', but the message says '%s'".formatted(header, value, inBody));
    }
  }

  private static @Nullable String decoded(@Nullable String value) throws ProtocolException {
    if (value == null || !value.startsWith(ENCODED_BEGIN) || !value.endsWith(ENCODED_END)) {
      return value;
    }
    String base64 =
        value.substring(
            ENCODED_BEGIN.length(),
            Math.max(ENCODED_BEGIN.length(), value.length() - ENCODED_END.length()));
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw mismatch("the header " + NAME_HEADER + " is not in base64, though it says so");
    }
  }

  private static ProtocolException mismatch(String what) {
    return new ProtocolException(RpcError.HEADER_MISMATCH, "Header mismatch: " + what);
  }
}
