package dev.homeport.server.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message from a client, understood as far as JSON-RPC goes.
public sealed interface Message {
  /// Wants an answer.
  ///
  /// @param id a `String` or a `Number`
  /// @param params parsed JSON; empty if there are none
  record Request(Object id, String method, Map<String, ?> params) implements Message {
    /// The request's `_meta`; empty if it has none.
    ///
    /// @throws ProtocolException if it is no object
    public Map<String, ?> meta() throws ProtocolException {
      return object("_meta");
    }

    /// A parameter that is an object; empty if it is not there.
    ///
    /// @throws ProtocolException if it is something else
    public Map<String, ?> object(String name) throws ProtocolException {
      Object value = params.get(name);
      if (value == null) {
        return Map.of();
      }
      if (value instanceof Map<?, ?> object) {
        return Message.keyed(object);
      }
      throw ProtocolException.invalidParams("`" + name + "` must be an object");
    }

    /// A parameter that is a string and must be there.
    ///
    /// @throws ProtocolException if it is not
    public String string(String name) throws ProtocolException {
      if (params.get(name) instanceof String text) {
        return text;
      }
      throw ProtocolException.invalidParams(
          params.get(name) == null
              ? "`" + name + "` is missing"
              : "`" + name + "` must be a string");
    }
  }

  /// Wants none.
  record Notification(String method, Map<String, ?> params) implements Message {}

  /// Answers something that a server asked.
  record Response(Object id) implements Message {}

  /// Is no message; the error says why.
  ///
  /// @param id the request's id where one could be read
  record Invalid(@Nullable Object id, RpcError error) implements Message {
    private static Invalid of(@Nullable Object id, int code, String message) {
      return new Invalid(id, new RpcError(code, message));
    }
  }

  /// Reads a message.
  ///
  /// @param bytes the whole message
  static Message parse(InputStream bytes) throws IOException {
    Object json;
    try {
      json = Json.read(bytes);
    } catch (BadJsonException broken) {
      return Invalid.of(null, RpcError.PARSE_ERROR, "Parse error: " + broken.getMessage());
    }
    if (!(json instanceof Map<?, ?> message)) {
      return Invalid.of(
          null,
          RpcError.INVALID_REQUEST,
          "Invalid request: a message is one JSON object; batches are not supported");
    }
    return parse(keyed(message));
  }

  private static Message parse(Map<String, ?> message) {
    Object id = message.get("id");
    if (message.containsKey("id") && !isId(id)) {
      return Invalid.of(
          null, RpcError.INVALID_REQUEST, "Invalid request: `id` must be a string or a number");
    }
    if (!"2.0".equals(message.get("jsonrpc"))) {
      return Invalid.of(id, RpcError.INVALID_REQUEST, "Invalid request: `jsonrpc` must be \"2.0\"");
    }
    if (message.get("method") instanceof String method) {
      return call(id, method, message.get("params"));
    }
    if (id != null && (message.containsKey("result") || isError(message.get("error")))) {
      return new Response(id);
    }
    return Invalid.of(id, RpcError.INVALID_REQUEST, "Invalid request: `method` must be a string");
  }

  private static Message call(@Nullable Object id, String method, @Nullable Object params) {
    if (params != null && !(params instanceof Map)) {
      return Invalid.of(id, RpcError.INVALID_PARAMS, "Invalid params: `params` must be an object");
    }
    Map<String, ?> given = params instanceof Map<?, ?> object ? keyed(object) : Map.of();
    return id == null ? new Notification(method, given) : new Request(id, method, given);
  }

  private static boolean isError(@Nullable Object error) {
    return error instanceof Map<?, ?> map
        && map.get("code") instanceof Number
        && map.get("message") instanceof String;
  }

  private static boolean isId(@Nullable Object id) {
    return (id instanceof String text && Json.isWhole(text))
        || (id instanceof Number number && Double.isFinite(number.doubleValue()));
  }

  /// The answer to a request.
  ///
  /// @param result a JSON object
  static Map<String, Object> result(Object id, Map<String, ?> result) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put("result", result);
    return answer;
  }

  /// The refusal of a request.
  ///
  /// @param id null if it could not be read
  static Map<String, Object> error(@Nullable Object id, RpcError error) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("jsonrpc", "2.0");
    if (id != null) {
      answer.put("id", id);
    }
    answer.put("error", error.json());
    return answer;
  }

  /// Something that a client is told unasked.
  static Map<String, Object> notification(String method, Map<String, ?> params) {
    var message = new LinkedHashMap<String, Object>();
    message.put("jsonrpc", "2.0");
    message.put("method", method);
    if (!params.isEmpty()) {
      message.put("params", params);
    }
    return message;
  }

  /// An object of [Json], whose keys are strings.
  @SuppressWarnings("unchecked")
  static Map<String, ?> keyed(Map<?, ?> object) {
    return (Map<String, ?>) object;
  }
}
