package dev.homeport.sandbox.egress;

import java.net.InetAddress;
import java.util.Optional;

/// The hosts of a rule: one name, one IP address, or all names below a domain.
///
/// @param host the name, the address, or the domain
/// @param below whether it stands for the names below the domain, and not for the domain itself
public record HostPattern(Host host, boolean below) {
  private static final String BELOW = "*.";

  /// Checks that only names have names below them.
  public HostPattern {
    if (below && host.address().isPresent()) {
      throw new IllegalArgumentException("an address such as " + host.name() + " takes no `*.`");
    }
  }

  /// Reads `api.example.com`, `*.example.com`, `192.0.2.7` or `[2001:db8::7]`.
  public static HostPattern parse(String text) {
    boolean below = text.startsWith(BELOW);
    return new HostPattern(
        Host.parse(below ? text.substring(BELOW.length()) : text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is no host; write a name such as api.example.com, *.example.com, or an"
                        + " IP address")),
        below);
  }

  /// Whether a host is one of them.
  public boolean matches(Host other) {
    return below ? other.name().endsWith("." + host.name()) : other.equals(host);
  }

  /// The address that it names, if it is one.
  public Optional<InetAddress> address() {
    return host.address();
  }

  @Override
  public String toString() {
    return (below ? BELOW : "") + host.inUrl();
  }
}
