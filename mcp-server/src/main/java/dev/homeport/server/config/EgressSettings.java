package dev.homeport.server.config;

import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.Credential;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.Host;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.egress.SecretSource;
import dev.homeport.server.tool.schema.NearestName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes what sandboxes may reach of the network out of the settings.
final class EgressSettings {
  private static final List<String> OF_RULE =
      List.of("host", "ports", "methods", "paths", "addresses", "credential");
  private static final List<String> OF_CREDENTIAL = List.of("header", "value", "from");
  private static final List<String> OF_SOURCE = List.of("command");

  private EgressSettings() {}

  /// @param rules one JSON object each
  /// @param urls `NAME=https://host/path` each
  /// @throws BadConfigException naming the rule and what is wrong with it
  static EgressPolicy read(Setting rules, Setting urls) throws BadConfigException {
    var read = new ArrayList<EgressRule>();
    for (String rule : rules.values()) {
      int number = read.size() + 1;
      read.add(checked(rules.origin() + ", rule " + number, () -> rule(rule)));
    }
    return checked(
        urls.origin(),
        () ->
            new EgressPolicy(read, urls.values().stream().map(BaseUrl::parse).toList(), List.of()));
  }

  private interface Making<T> {
    T make();
  }

  private static <T> T checked(String origin, Making<T> making) throws BadConfigException {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw new BadConfigException(origin + ": " + e.getMessage());
    }
  }

  private static EgressRule rule(String text) {
    JsonNode rule = JsonMapper.shared().readTree(text);
    requireKnown(rule, OF_RULE);
    List<String> ports = texts(rule, "ports");
    return new EgressRule(
        HostPattern.parse(text(rule, "host")),
        ports.isEmpty() ? EgressRule.HTTPS : ports.stream().map(EgressSettings::port).toList(),
        texts(rule, "methods"),
        texts(rule, "paths"),
        texts(rule, "addresses").stream().map(EgressSettings::address).toList(),
        rule.has("credential")
            ? Optional.of(credential(rule.path("credential")))
            : Optional.empty());
  }

  private static Credential credential(JsonNode credential) {
    requireKnown(credential, OF_CREDENTIAL);
    return new Credential(
        text(credential, "header"), text(credential, "value"), source(credential.path("from")));
  }

  private static SecretSource source(JsonNode from) {
    if (from.isString()) {
      return SecretSource.parse(from.asString());
    }
    requireKnown(from, OF_SOURCE);
    return new SecretSource.Program(texts(from, "command"));
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("port '" + text + "' is no number", e);
    }
  }

  private static InetAddress address(String text) {
    return Host.parse(text)
        .flatMap(Host::address)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IP address"));
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isString()) {
      throw new IllegalArgumentException("'" + key + "' is missing, or no single value");
    }
    return node.path(key).asString();
  }

  /// A single value counts as a list of one.
  private static List<String> texts(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isString()) {
      return List.of(value.asString());
    }
    if (value.valueStream().anyMatch(item -> !item.isString())) {
      throw new IllegalArgumentException("'" + key + "' must be a list of single values");
    }
    return value.valueStream().map(JsonNode::asString).toList();
  }

  private static void requireKnown(JsonNode node, List<String> known) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("there must be keys: " + String.join(", ", known));
    }
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "unknown key '%s': %sKnown: %s"
                .formatted(
                    key,
                    NearestName.of(key, known)
                        .map(near -> "did you mean " + near + "? ")
                        .orElse(""),
                    String.join(", ", known)));
      }
    }
  }
}
