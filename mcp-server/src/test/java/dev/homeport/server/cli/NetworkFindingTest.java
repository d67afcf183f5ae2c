package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.egress.Credential;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.HostPattern;
import dev.homeport.sandbox.egress.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFindingTest {
  @TempDir Path directory;

  private static EgressRule rule(String host, String from) {
    var credential = new Credential("Authorization", "Bearer ${secret}", SecretSource.parse(from));
    return new EgressRule(
        HostPattern.parse(host),
        EgressRule.HTTPS,
        List.of(),
        List.of(),
        List.of(),
        Optional.of(credential));
  }

  @Test
  void saysWhatSandboxesReach() {
    assertThat(NetworkFinding.of(EgressPolicy.NONE, Map.of()).detail())
        .isEqualTo("sandboxes have none");
    EgressPolicy policy = EgressPolicy.of(EgressRule.of("*.a.test"), rule("b.test", "env:TOKEN"));
    assertThat(NetworkFinding.of(policy, Map.of("TOKEN", "secret")))
        .isEqualTo(Finding.ok("network", "sandboxes reach *.a.test, b.test"));
  }

  @Test
  void saysWhatIsMissingForThat() {
    Path file = directory.resolve("none");
    var policy =
        new EgressPolicy(
            List.of(rule("a.test", "env:TOKEN"), rule("b.test", "file:" + file)),
            List.of(),
            List.of(directory.resolve("ca.pem")));

    assertThat(NetworkFinding.of(policy, Map.of()).detail())
        .isEqualTo(
            "a.test: there is no variable TOKEN; b.test: %s cannot be read; %s cannot be read"
                .formatted(file, directory.resolve("ca.pem")));
  }
}
