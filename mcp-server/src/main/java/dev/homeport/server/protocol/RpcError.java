package dev.homeport.server.protocol;

import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The error of a JSON-RPC answer. Immutable.
///
/// @param code one of the constants here
/// @param message what a person or a model reads
/// @param data facts for programs, a JSON value; null if there are none
public record RpcError(int code, String message, @Nullable Object data) {
  /// No JSON.
  public static final int PARSE_ERROR = -32700;

  /// JSON, but no message, or one that does not fit the moment.
  public static final int INVALID_REQUEST = -32600;

  /// Nobody answers this method here.
  public static final int METHOD_NOT_FOUND = -32601;

  /// The parameters do not fit the method, or name something that does not exist.
  public static final int INVALID_PARAMS = -32602;

  /// A bug, or a failure of the machine.
  public static final int INTERNAL_ERROR = -32603;

  /// A resource that does not exist; legacy revisions only, modern ones say [#INVALID_PARAMS].
  public static final int RESOURCE_NOT_FOUND = -32002;

  /// HTTP headers that do not say what the message says (2026-07-28).
  public static final int HEADER_MISMATCH = -32020;

  /// A request needs something that the client did not declare (2026-07-28).
  public static final int MISSING_CLIENT_CAPABILITY = -32021;

  /// A revision that is not spoken here (2026-07-28).
  public static final int UNSUPPORTED_VERSION = -32022;

  /// An error without data.
  public RpcError(int code, String message) {
    this(code, message, null);
  }

  /// A method that nobody answers.
  public static RpcError methodNotFound(String method) {
    return new RpcError(METHOD_NOT_FOUND, "Method not found: " + method);
  }

  /// A request whose id another one has that is still at work.
  public static RpcError idInUse() {
    return new RpcError(INVALID_REQUEST, "A request with this id is still being worked on");
  }

  /// What a client is told about work that threw something: its own error, that it was cancelled,
  /// or that there is a bug, which is logged under an id.
  ///
  /// @param method of the request
  public static RpcError of(String method, Throwable thrown) {
    return switch (thrown) {
      case ProtocolException refused -> refused.error();
      case InterruptedException _ -> new RpcError(INTERNAL_ERROR, "The request was cancelled");
      default -> bug(method, thrown);
    };
  }

  private static RpcError bug(String method, Throwable bug) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    System.getLogger(RpcError.class.getName())
        .log(Level.ERROR, "method=" + method + " id=" + id, bug);
    return new RpcError(INTERNAL_ERROR, "Internal error; id %s in the server's log".formatted(id));
  }

  /// A revision that is not spoken.
  ///
  /// @param supported those that are
  public static RpcError unsupportedVersion(String requested, List<String> supported) {
    return new RpcError(
        UNSUPPORTED_VERSION,
        "Unsupported protocol version",
        Map.of("supported", supported, "requested", requested));
  }

  /// The error as JSON.
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("code", code);
    json.put("message", message);
    if (data != null) {
      json.put("data", data);
    }
    return json;
  }
}
