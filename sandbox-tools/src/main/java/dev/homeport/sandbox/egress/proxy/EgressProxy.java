package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressPolicy;
import java.io.IOException;
import java.nio.file.Path;

/// Makes the gateways of sandboxes of one template. Thread-safe.
public final class EgressProxy {
  private final EgressPolicy policy;
  private final EgressContext context;
  private final Dialer dialer;
  private final SecretReader secrets;

  /// Touches no network and no file.
  public EgressProxy(EgressPolicy policy, EgressContext context) {
    this.policy = policy;
    this.context = context;
    this.dialer = new Dialer(policy, context.resolver());
    this.secrets = new SecretReader(context.environment());
  }

  /// Opens the gateway of a sandbox, or again that of one that was taken over.
  ///
  /// @param directory where it keeps its files; others must not reach it
  public EgressGateway open(Path directory) throws IOException {
    SandboxAuthority authority = SandboxAuthority.open(directory);
    var services =
        new EgressGateway.Shared(new Judge(policy), secrets, authority, new Upstreams(dialer));
    return EgressGateway.open(directory, policy, services, context.log());
  }
}
