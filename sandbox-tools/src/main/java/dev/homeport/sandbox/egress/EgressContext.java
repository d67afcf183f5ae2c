package dev.homeport.sandbox.egress;

import java.util.Map;

/// What the proxy takes from its server.
///
/// @param log where each request is noted
/// @param resolver finds the addresses of names
/// @param environment the variables that secrets may come from
public record EgressContext(EgressLog log, HostResolver resolver, Map<String, String> environment) {
  /// Copies the variables.
  public EgressContext {
    environment = Map.copyOf(environment);
  }

  /// The resolver and the variables of this process.
  public static EgressContext of(EgressLog log) {
    return new EgressContext(log, HostResolver.SYSTEM, System.getenv());
  }

  /// Without the variables, which may be secret.
  @Override
  public String toString() {
    return "EgressContext";
  }
}
