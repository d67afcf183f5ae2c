package dev.homeport.sandbox.egress;

import java.nio.file.Path;
import java.util.List;

/// What sandboxes of a template may reach of the network.
///
/// @param rules what is allowed; the first one that takes a request says with which credential
/// @param baseUrls URLs for clients that know no proxy; each needs a rule that reaches its host
/// @param authorities PEM files with certificates that the proxy trusts besides those of the JDK
public record EgressPolicy(List<EgressRule> rules, List<BaseUrl> baseUrls, List<Path> authorities) {
  /// No network at all.
  public static final EgressPolicy NONE = new EgressPolicy(List.of(), List.of(), List.of());

  /// The most URLs for clients that know no proxy.
  public static final int MOST_BASE_URLS = 15;

  /// Copies the lists and checks that they fit together.
  public EgressPolicy {
    rules = List.copyOf(rules);
    baseUrls = List.copyOf(baseUrls);
    authorities = List.copyOf(authorities);
    if (baseUrls.size() > MOST_BASE_URLS) {
      throw new IllegalArgumentException("there are more than " + MOST_BASE_URLS + " base URLs");
    }
    for (BaseUrl url : baseUrls) {
      if (rules.stream().noneMatch(rule -> rule.reaches(url.host(), url.port()))) {
        throw new IllegalArgumentException(
            "%s needs a rule for %s and port %d"
                .formatted(url.variable(), url.host().name(), url.port()));
      }
    }
  }

  /// The same as some rules alone.
  public static EgressPolicy of(EgressRule... rules) {
    return new EgressPolicy(List.of(rules), List.of(), List.of());
  }

  /// Whether there is no network.
  public boolean isNone() {
    return rules.isEmpty();
  }
}
