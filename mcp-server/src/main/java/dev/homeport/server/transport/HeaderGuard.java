package dev.homeport.server.transport;

import dev.homeport.server.protocol.RpcError;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Keeps web pages out that reach the server through their visitor's browser: `Host` must name this
/// server (else 421, against DNS rebinding), and `Origin`, where there is one, a page that may ask
/// (else 403). Thread-safe.
final class HeaderGuard implements Filter {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");

  private final Set<String> hosts = new TreeSet<>(LOOPBACK);
  private final Set<String> origins = new TreeSet<>();

  HeaderGuard(HttpSettings settings) {
    settings.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    settings.origins().forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var asked = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    if (asked.getMethod().isEmpty() || !VERSIONS.contains(asked.getProtocol())) {
      // No body: an answer to HTTP/0.9 has no head, and a client may take it for something else.
      answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      answer.setHeader("Connection", "close");
    } else if (!isOne(asked, "Host", this::isHost)) {
      Refusals.send(
          answer,
          HttpServletResponse.SC_MISDIRECTED_REQUEST,
          new RpcError(
              RpcError.INVALID_REQUEST,
              "This server does not go by that name; its operator sets serve.hosts"));
    } else if (asked.getHeader("Origin") != null && !isOne(asked, "Origin", this::isOrigin)) {
      Refusals.send(
          answer,
          HttpServletResponse.SC_FORBIDDEN,
          new RpcError(
              RpcError.INVALID_REQUEST,
              "Pages of that origin may not ask; the server's operator sets serve.origins"));
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isOne(
      HttpServletRequest request, String header, Predicate<String> condition) {
    List<String> values = Collections.list(request.getHeaders(header));
    return values.size() == 1 && condition.test(values.getFirst().toLowerCase(Locale.ROOT));
  }

  private boolean isHost(String value) {
    return hosts.contains(withoutPort(value));
  }

  private boolean isOrigin(String value) {
    if (origins.contains(value)) {
      return true;
    }
    int scheme = value.indexOf("://");
    return scheme > 0
        && Set.of("http", "https").contains(value.substring(0, scheme))
        && LOOPBACK.contains(withoutPort(value.substring(scheme + 3)));
  }

  /// What stands before `:` and digits at the end.
  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort =
        colon > 0
            && colon < authority.length() - 1
            && authority.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return hasPort ? authority.substring(0, colon) : authority;
  }
}
