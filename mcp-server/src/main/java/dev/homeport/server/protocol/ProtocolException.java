package dev.homeport.server.protocol;

import java.io.Serial;

/// A request that gets an error for its answer.
public final class ProtocolException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient RpcError error;

  /// @param error what the client is told
  public ProtocolException(RpcError error) {
    super(error.message());
    this.error = error;
  }

  /// With a code of [RpcError] and no data.
  public ProtocolException(int code, String message) {
    this(new RpcError(code, message));
  }

  /// Parameters that do not fit.
  public static ProtocolException invalidParams(String what) {
    return new ProtocolException(RpcError.INVALID_PARAMS, "Invalid params: " + what);
  }

  /// What the client is told.
  public RpcError error() {
    return error;
  }
}
