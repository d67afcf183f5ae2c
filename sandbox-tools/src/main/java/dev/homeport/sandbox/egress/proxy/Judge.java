package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.Host;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds requests to the rules.
record Judge(EgressPolicy policy) {
  /// What becomes of a request.
  sealed interface Verdict {
    /// It may go on.
    ///
    /// @param rule the first that takes it
    record Allowed(EgressRule rule) implements Verdict {}

    /// It may go on as far as the port, but each request is looked at.
    record Inspected() implements Verdict {}

    /// It may not.
    ///
    /// @param reason in a few words
    record Refused(String reason) implements Verdict {}
  }

  /// Whether there may be a connection to a host and port.
  Verdict connection(Host host, int port) {
    List<EgressRule> rules = reaching(host, port);
    if (rules.isEmpty()) {
      return unreached(host, port);
    }
    return rules.stream().anyMatch(EgressRule::needsInspection)
        ? new Verdict.Inspected()
        : new Verdict.Allowed(rules.getFirst());
  }

  /// Whether there may be a request.
  Verdict request(Target target, String method, RequestPath path) {
    List<EgressRule> reaching = reaching(target.host(), target.port());
    if (reaching.isEmpty()) {
      return unreached(target.host(), target.port());
    }
    if (method.equals("TRACE")) {
      return new Verdict.Refused("TRACE is refused");
    }
    List<EgressRule> taking =
        reaching.stream()
            .filter(rule -> rule.methods().isEmpty() || rule.methods().contains(method))
            .toList();
    if (taking.isEmpty()) {
      return new Verdict.Refused("no rule for %s has %s".formatted(target.name(), method));
    }
    for (EgressRule rule : taking) {
      if (rule.paths().isEmpty() || rule.paths().stream().anyMatch(path::isBelow)) {
        return protectsCredential(rule, target)
            ? new Verdict.Allowed(rule)
            : new Verdict.Refused("the credential for " + target.name() + " needs https");
      }
    }
    return new Verdict.Refused(
        "no rule for %s has %s of this path".formatted(target.name(), method));
  }

  private static boolean protectsCredential(EgressRule rule, Target target) {
    return rule.credential().isEmpty() || target.secure() || target.host().isLoopback();
  }

  private List<EgressRule> reaching(Host host, int port) {
    return policy.rules().stream().filter(rule -> rule.reaches(host, port)).toList();
  }

  private Verdict unreached(Host host, int port) {
    boolean known = policy.rules().stream().anyMatch(rule -> rule.hosts().matches(host));
    return new Verdict.Refused(
        known
            ? "no rule for %s has port %d".formatted(host.name(), port)
            : "no rule names " + host.name());
  }

  /// What may be asked for, in one line.
  String allowed() {
    return policy.rules().stream()
        .map(rule ->
            new EgressRule(
                    rule.hosts(),
                    rule.ports(),
                    rule.methods(),
                    rule.paths(),
                    List.of(),
                    Optional.empty())
                .toString())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
