package dev.homeport.server.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;

/// The one servlet: lets in who may come in, and leaves the answer to their lane.
final class McpServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Admission admission;
  private final transient RequestGate gate;
  private final transient Optional<MonitorPage> page;

  McpServlet(Admission admission, RequestGate gate, Optional<MonitorPage> page) {
    this.admission = admission;
    this.gate = gate;
    this.page = page;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (page.isPresent() && page.get().answer(request, response)) {
      return;
    }
    if (!request.getRequestURI().equals(HttpTransport.ENDPOINT)) {
      if (!admission.answerPublic(request, response)) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      }
      return;
    }
    Optional<HttpLane> lane = admission.admit(request, response);
    if (lane.isPresent()) {
      gate.doFilter(request, response, (_, _) -> lane.get().answer(request, response));
    }
  }
}
