package dev.homeport.server.transport;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Tells a monitor of all answers but those on its own port: of Tomcat's own too, which no servlet
/// sees.
final class AnswerLog extends ValveBase implements AccessLog {
  private final Monitor monitor;
  private final Connector own;

  /// @param own the connector of the monitor's port
  AnswerLog(Monitor monitor, Connector own) {
    super(true);
    this.monitor = monitor;
    this.own = own;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  @Override
  public void log(Request request, Response response, long time) {
    if (!request.getConnector().equals(own)) {
      monitor.answered(response.getStatus());
    }
  }

  @Override
  public void setRequestAttributesEnabled(boolean isWanted) {
    // Nothing is written down of a request.
  }

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }
}
