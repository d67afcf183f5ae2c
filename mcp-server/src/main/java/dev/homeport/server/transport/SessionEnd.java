package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Ends a session of the SDK's servlet (2.1.0), which forgets one only where its client asks for it
/// with DELETE: asks in the client's place.
final class SessionEnd {
  private final HttpServlet servlet;

  SessionEnd(HttpServlet servlet) {
    this.servlet = servlet;
  }

  /// Ends the session of an id, with its streams.
  void of(String session) throws IOException, ServletException {
    InvocationHandler request =
        (_, method, arguments) ->
            switch (method.getName()) {
              case "getMethod" -> "DELETE";
              case "getRequestURI" -> HttpTransport.ENDPOINT;
              case "getHeader" -> header(session, arguments[0]);
              default -> throw new UnsupportedOperationException(method.getName());
            };
    InvocationHandler response =
        (_, method, _) ->
            switch (method.getName()) {
              // Whether it was there or not, it is gone.
              case "setStatus", "sendError" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            };
    servlet.service(as(HttpServletRequest.class, request), as(HttpServletResponse.class, response));
  }

  private static @Nullable String header(String session, Object name) {
    return name.equals(HttpHeaders.MCP_SESSION_ID) ? session : null;
  }

  private static <T> T as(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
