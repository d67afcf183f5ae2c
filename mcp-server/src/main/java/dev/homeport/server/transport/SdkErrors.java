package dev.homeport.server.transport;

import dev.homeport.server.protocol.RpcError;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds back the errors of the SDK's servlet (2.1.0), which writes a Java exception with its stack
/// trace where clients expect JSON-RPC, and says the same as JSON-RPC has it.
final class SdkErrors extends HttpServletResponseWrapper {
  private static final int FIRST_ERROR = 400;

  private final HttpServletResponse response;
  private final StringWriter held = new StringWriter();
  private int status = SC_OK;

  SdkErrors(HttpServletResponse response) {
    super(response);
    this.response = response;
  }

  @Override
  public void setStatus(int code) {
    status = code;
    super.setStatus(code);
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return status < FIRST_ERROR ? super.getWriter() : new PrintWriter(held);
  }

  @Override
  public void flushBuffer() throws IOException {
    if (status < FIRST_ERROR) {
      super.flushBuffer();
    }
  }

  /// Sends what was held back, after the servlet.
  ///
  /// @param id of the request, if it is one
  void finish(@Nullable Object id) throws IOException {
    if (status >= FIRST_ERROR && !held.toString().isEmpty()) {
      Refusals.send(response, status, id, error());
    }
  }

  private RpcError error() {
    if (status >= SC_INTERNAL_SERVER_ERROR) {
      // What it says is the text of a Java exception, which is in the log.
      return new RpcError(RpcError.INTERNAL_ERROR, "Internal error");
    }
    try {
      JsonNode error = JsonMapper.shared().readTree(held.toString()).path("jsonRpcError");
      return new RpcError(
          error.path("code").asInt(RpcError.INVALID_REQUEST),
          error.path("message").asString("The request is refused"));
    } catch (JacksonException text) {
      return new RpcError(RpcError.INVALID_REQUEST, "The request is refused");
    }
  }
}
