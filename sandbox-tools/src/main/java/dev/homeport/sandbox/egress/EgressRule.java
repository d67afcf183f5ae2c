package dev.homeport.sandbox.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Some requests that sandboxes may make.
///
/// @param hosts which hosts
/// @param ports which ports; at least one
/// @param methods which methods; empty for all
/// @param paths below which paths, such as `/repos/acme`; empty for all
/// @param addresses private addresses that the hosts may have; others of them are refused
/// @param credential what the proxy adds to the requests; only for one host, not for all below one
public record EgressRule(
    HostPattern hosts,
    List<Integer> ports,
    List<String> methods,
    List<String> paths,
    List<InetAddress> addresses,
    Optional<Credential> credential) {
  /// The port of HTTPS.
  public static final List<Integer> HTTPS = List.of(443);

  private static final int MOST_PORTS = 65_535;

  /// Copies the lists and checks what stands in them.
  public EgressRule {
    ports = List.copyOf(ports);
    methods = List.copyOf(methods);
    paths = List.copyOf(paths);
    addresses = List.copyOf(addresses);
    if (ports.isEmpty() || ports.stream().anyMatch(port -> port < 1 || port > MOST_PORTS)) {
      throw new IllegalArgumentException("ports must be from 1 to " + MOST_PORTS);
    }
    for (String method : methods) {
      if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
        throw new IllegalArgumentException("'" + method + "' is no method in capitals");
      }
    }
    for (String path : paths) {
      if (!isPlain(path)) {
        throw new IllegalArgumentException(
            "path '%s' must begin with / and have no %%, ;, ?, #, \\, //, . or .. in it"
                .formatted(path));
      }
    }
    if (credential.isPresent() && hosts.below()) {
      throw new IllegalArgumentException(
          "a credential needs one host, but " + hosts + " stands for many");
    }
  }

  private static boolean isPlain(String path) {
    return path.startsWith("/")
        && path.chars().allMatch(c -> c > ' ' && c < 127 && "%;?#\\".indexOf(c) < 0)
        && !path.contains("//")
        && List.of(path.split("/", -1)).stream()
            .noneMatch(segment -> segment.equals(".") || segment.equals(".."));
  }

  /// All requests to one host by HTTPS.
  public static EgressRule of(String host) {
    return new EgressRule(
        HostPattern.parse(host), HTTPS, List.of(), List.of(), List.of(), Optional.empty());
  }

  /// Whether it says anything about requests to a host and port.
  public boolean reaches(Host host, int port) {
    return hosts.matches(host) && ports.contains(port);
  }

  /// Whether the proxy must see the requests, and so ends TLS itself.
  public boolean needsInspection() {
    return !methods.isEmpty() || !paths.isEmpty() || credential.isPresent();
  }

  /// Whether it names an address, so that this may be a private one.
  public boolean names(InetAddress address) {
    return addresses.contains(address) || hosts.address().filter(address::equals).isPresent();
  }

  /// In one line, for people.
  @Override
  public String toString() {
    return hosts
        + ports.stream().map(String::valueOf).collect(Collectors.joining(",", ":", ""))
        + (methods.isEmpty() ? "" : " " + String.join(",", methods))
        + (paths.isEmpty() ? "" : " " + String.join(",", paths))
        + (addresses.isEmpty()
            ? ""
            : addresses.stream()
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(",", " at ", "")))
        + credential
            .map(c -> " with %s '%s' from %s".formatted(c.header(), c.value(), c.source()))
            .orElse("");
  }
}
