package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Connector;

/// Answers on the port of a monitor, where there is its page and nothing else.
final class MonitorPage {
  private final Monitor monitor;
  private final Connector connector;

  MonitorPage(Monitor monitor, Connector connector) {
    this.monitor = monitor;
    this.connector = connector;
  }

  /// The port that it listens on.
  int port() {
    return connector.getLocalPort();
  }

  /// Answers what came on its port.
  ///
  /// @return false if it came elsewhere
  boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getLocalPort() != port()) {
      return false;
    }
    if (!request.getRequestURI().equals(Monitor.PATH)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
      response.setHeader("Allow", "GET, HEAD");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else {
      byte[] text = monitor.page().getBytes(UTF_8);
      response.setContentType(monitor.mediaType());
      response.setContentLength(text.length);
      response.getOutputStream().write(text);
    }
    return true;
  }
}
