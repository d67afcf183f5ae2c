package dev.homeport.server.transport;

import dev.homeport.server.protocol.Json;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.RpcError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers of one JSON object, among them those to requests that no lane gets to see.
public final class Refusals {
  private Refusals() {}

  /// Refuses a request.
  public static void send(HttpServletResponse response, int status, RpcError error)
      throws IOException {
    send(response, status, null, error);
  }

  /// Refuses a request of an id.
  static void send(HttpServletResponse response, int status, @Nullable Object id, RpcError error)
      throws IOException {
    send(response, status, Message.error(id, error));
  }

  /// Answers with a JSON object.
  public static void send(HttpServletResponse response, int status, Map<String, ?> json)
      throws IOException {
    var body = new ByteArrayOutputStream(512);
    Json.write(json, body);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.size());
    body.writeTo(response.getOutputStream());
  }
}
