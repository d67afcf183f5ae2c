package dev.homeport.server.transport;

import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Answers the methods of extensions over HTTP, as plain JSON, before the SDK's servlet sees them.
///
/// What it answers keeps the rules of the servlet: `Host` and `Origin` are checked first, a session
/// must be named and known. All else is passed on unread, but for the body, which is held.
final class ExtensionFilter implements Filter {
  private final ExtensionMethods extensions;
  private final ServerHttpHeaderValidator validator;
  private final KnownSessions sessions;

  ExtensionFilter(
      ExtensionMethods extensions, ServerHttpHeaderValidator validator, KnownSessions sessions) {
    this.extensions = extensions;
    this.validator = validator;
    this.sessions = sessions;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest ending && ending.getMethod().equals("DELETE")) {
      Optional.ofNullable(ending.getHeader(HttpHeaders.MCP_SESSION_ID)).ifPresent(sessions::forget);
    }
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && http.getMethod().equals("POST")
        && http.getContentLengthLong() <= StdioTransport.MESSAGE_LIMIT) {
      byte[] body = http.getInputStream().readNBytes(StdioTransport.MESSAGE_LIMIT + 1);
      if (!answer(http, body, answer)) {
        chain.doFilter(new HeldRequest(http, body), response);
      }
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean answer(HttpServletRequest request, byte[] body, HttpServletResponse response)
      throws IOException {
    if (!(Incoming.parse(new ByteArrayInputStream(body), JsonMapper.shared())
            instanceof Incoming.Request(JSONRPCRequest message))
        || !isAllowed(request)) {
      return false;
    }
    Optional<String> session = Optional.ofNullable(request.getHeader(HttpHeaders.MCP_SESSION_ID));
    if (session.filter(sessions::knows).isEmpty()) {
      // The servlet says what is wrong with the session.
      return false;
    }
    Optional<JSONRPCResponse> answer = extensions.answer(message);
    if (answer.isPresent()) {
      response.setContentType("application/json");
      response.setCharacterEncoding("UTF-8");
      JsonMapper.shared().writeValue(response.getOutputStream(), answer.get());
    }
    return answer.isPresent();
  }

  /// Whether the servlet would take a request with these headers; if not, it is left to refuse it.
  private boolean isAllowed(HttpServletRequest request) {
    try {
      validator.validate(new Headers(request));
      return true;
    } catch (ServerTransportSecurityException refused) {
      return false;
    }
  }

  private record Headers(HttpServletRequest request) implements HeaderAccessor {
    @Override
    public List<String> getHeader(String name) {
      return Collections.list(request.getHeaders(name));
    }

    @Override
    public List<String> getHeaderNames() {
      return Collections.list(request.getHeaderNames());
    }
  }
}
