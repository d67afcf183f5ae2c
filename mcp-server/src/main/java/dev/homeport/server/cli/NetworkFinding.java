package dev.homeport.server.cli;

import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks at what sandboxes may reach, and whether what that needs is there. It reads no secret and
/// runs no command.
final class NetworkFinding {
  private static final String SUBJECT = "network";

  private NetworkFinding() {}

  /// @param environment the variables that secrets may come from
  static Finding of(EgressPolicy policy, Map<String, String> environment) {
    var missing = new ArrayList<String>();
    for (EgressRule rule : policy.rules()) {
      rule.credential()
          .map(credential -> missing(credential.source(), environment))
          .filter(what -> !what.isEmpty())
          .ifPresent(what -> missing.add(rule.hosts() + ": " + what));
    }
    for (Path file : policy.authorities()) {
      if (!Files.isReadable(file)) {
        missing.add(file + " cannot be read");
      }
    }
    return missing.isEmpty()
        ? Finding.ok(SUBJECT, reach(policy.rules()))
        : Finding.note(
            SUBJECT,
            String.join("; ", missing),
            "requests that need it fail: set it where the server starts");
  }

  private static String missing(SecretSource source, Map<String, String> environment) {
    return switch (source) {
      case SecretSource.Variable(String name) ->
          environment.containsKey(name) ? "" : "there is no variable " + name;
      case SecretSource.File(Path path) -> Files.isReadable(path) ? "" : path + " cannot be read";
      case SecretSource.Program _ -> "";
    };
  }

  private static String reach(List<EgressRule> rules) {
    return rules.isEmpty()
        ? "sandboxes have none"
        : "sandboxes reach "
            + String.join(", ", rules.stream().map(rule -> rule.hosts().toString()).toList());
  }
}
