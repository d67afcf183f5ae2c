package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.Host;
import java.util.Optional;

/// A server that is asked.
///
/// @param secure whether by HTTPS
record Target(boolean secure, Host host, int port) {
  static final int HTTPS = 443;
  static final int HTTP = 80;

  private static final int MOST_DIGITS = 5;
  private static final int MOST_PORTS = 65_535;

  /// Reads `host` or `host:port`.
  ///
  /// @return empty if it is neither
  static Optional<Target> parse(boolean secure, String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    int port = hasPort ? port(authority.substring(colon + 1)) : secure ? HTTPS : HTTP;
    String host = hasPort ? authority.substring(0, colon) : authority;
    boolean bare = host.contains(":") && !host.startsWith("[");
    return port < 1 || bare
        ? Optional.empty()
        : Host.parse(host).map(parsed -> new Target(secure, parsed, port));
  }

  /// 0 if it is none.
  private static int port(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : 0;
    return port <= MOST_PORTS ? port : 0;
  }

  /// As it stands in a `Host` field.
  String authority() {
    return port == (secure ? HTTPS : HTTP) ? host.inUrl() : name();
  }

  /// Host and port.
  String name() {
    return host.inUrl() + ":" + port;
  }
}
