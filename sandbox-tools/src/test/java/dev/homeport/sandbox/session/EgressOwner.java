package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressLog;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server whose sandbox has asked for something when it is killed.
final class EgressOwner {
  private EgressOwner() {}

  static Sandboxes open(String backend, Path work, Path state, int port) throws IOException {
    var rule = EgressContract.rule("plain.test", port, List.of(), Optional.empty());
    return Sandboxes.open(
        Workspace.open(work),
        state,
        List.of(Owner.backend(backend)),
        SandboxTemplate.DEFAULT.withEgress(EgressPolicy.of(rule)),
        new EgressContext(EgressLog.NONE, EgressContract::resolve, Map.of()));
  }

  /// Takes the backend, the workspace, the state root and the port of a server.
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[3]);
    Sandboxes sandboxes = open(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), port);
    String input =
        "sha256sum /run/egress/authorities.pem >/tmp/before; curl -sS http://plain.test:%d/first"
            .formatted(port);
    var outcome = sandboxes.execute(ExecRequest.of("session", "bash", input), _ -> {}).outcome();
    System.out.println(SandboxContract.printed(outcome));
    Thread.currentThread().join();
  }
}
