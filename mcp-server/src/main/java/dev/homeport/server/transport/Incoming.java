package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One line from a client, understood as far as JSON-RPC goes.
sealed interface Incoming {
  /// Wants an answer.
  record Request(JSONRPCRequest message) implements Incoming {}

  /// Wants none.
  record Notification(JSONRPCNotification message) implements Incoming {}

  /// Answers something that the server asked.
  record Response(JSONRPCResponse message) implements Incoming {}

  /// Is no message; the error says why.
  ///
  /// @param id the request's id where one could be read
  record Invalid(@Nullable Object id, JSONRPCError error) implements Incoming {
    private static Invalid of(@Nullable Object id, int code, String message) {
      return new Invalid(id, new JSONRPCError(code, message));
    }
  }

  /// Reads a line.
  static Incoming parse(InputStream line, JsonMapper mapper) {
    Object json;
    try {
      json = mapper.readValue(line, Object.class);
    } catch (JacksonException broken) {
      return Invalid.of(
          null, ErrorCodes.PARSE_ERROR, "Parse error: " + broken.getOriginalMessage());
    }
    if (!(json instanceof Map<?, ?> message)) {
      return Invalid.of(
          null,
          ErrorCodes.INVALID_REQUEST,
          "Invalid request: a message is one JSON object; batches are not supported");
    }
    return parse(message, mapper);
  }

  private static Incoming parse(Map<?, ?> message, JsonMapper mapper) {
    Object id = message.get("id");
    if (message.containsKey("id") && !isId(id)) {
      return Invalid.of(
          null, ErrorCodes.INVALID_REQUEST, "Invalid request: `id` must be a string or a number");
    }
    if (!"2.0".equals(message.get("jsonrpc"))) {
      return Invalid.of(
          id, ErrorCodes.INVALID_REQUEST, "Invalid request: `jsonrpc` must be \"2.0\"");
    }
    if (message.get("method") instanceof String method) {
      Object params = message.get("params");
      if (params != null && !(params instanceof Map)) {
        return Invalid.of(
            id, ErrorCodes.INVALID_PARAMS, "Invalid params: `params` must be an object");
      }
      return id == null
          ? new Notification(new JSONRPCNotification(method, params))
          : new Request(new JSONRPCRequest(method, id, params));
    }
    if (id != null && (message.containsKey("result") || message.get("error") instanceof Map)) {
      return response(id, message, mapper);
    }
    return Invalid.of(id, ErrorCodes.INVALID_REQUEST, "Invalid request: `method` must be a string");
  }

  private static Incoming response(Object id, Map<?, ?> message, JsonMapper mapper) {
    if (!(message.get("error") instanceof Map<?, ?> error)) {
      return new Response(JSONRPCResponse.result(id, message.get("result")));
    }
    try {
      return new Response(
          JSONRPCResponse.error(id, mapper.convertValue(error, JSONRPCError.class)));
    } catch (JacksonException broken) {
      return Invalid.of(
          null, ErrorCodes.INVALID_REQUEST, "Invalid response: `error` needs `code` and `message`");
    }
  }

  private static boolean isId(@Nullable Object id) {
    return id instanceof String || id instanceof Number;
  }
}
