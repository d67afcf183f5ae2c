package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Mount;
import dev.homeport.sandbox.SandboxSpec.Forward;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.proxy.EgressGateway;
import dev.homeport.sandbox.egress.proxy.EgressProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives sandboxes of one template their way to the network. Without a rule for it, nothing of the
/// proxy is even loaded. Thread-safe.
final class Ways {
  private static final String DIRECTORY = "egress";

  private final SandboxTemplate template;
  private final Optional<EgressProxy> proxy;

  Ways(SandboxTemplate template, EgressContext context) {
    this.template = template;
    this.proxy =
        template.egress().isNone()
            ? Optional.empty()
            : Optional.of(new EgressProxy(template.egress(), context));
  }

  /// Opens the way of a sandbox, or again that of one that is taken over.
  ///
  /// @param home its directory on the host
  SandboxHome open(Path home) throws IOException {
    if (proxy.isEmpty()) {
      return new SandboxHome(home, Optional.empty());
    }
    Path directory = home.resolve(DIRECTORY);
    if (!Files.exists(directory)) {
      Files.createDirectory(directory);
    }
    return new SandboxHome(home, Optional.of(proxy.get().open(directory)));
  }

  /// What a sandbox is made like that has this way.
  SandboxTemplate template(SandboxHome home) {
    if (home.gateway().isEmpty()) {
      return template;
    }
    var mounts = new ArrayList<>(template.mounts());
    mounts.add(new Mount(home.gateway().get().seen(), EgressGateway.INSIDE, false));
    return template.withMounts(mounts).withDefaults(EgressGateway.environment(template.egress()));
  }

  List<Forward> forwards() {
    EgressPolicy policy = template.egress();
    return policy.isNone()
        ? List.of()
        : EgressGateway.ports(policy).stream()
            .map(port -> new Forward(port, EgressGateway.INSIDE + "/" + port))
            .toList();
  }
}
