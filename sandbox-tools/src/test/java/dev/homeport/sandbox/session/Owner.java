package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;

/// A server that starts a process in a sandbox and then waits to be killed.
final class Owner {
  private Owner() {}

  /// Takes the backend, the workspace, the state root and a number to sleep for.
  public static void main(String[] arguments) throws Exception {
    SandboxBackend backend =
        arguments[0].equals("docker")
            ? DockerBackend.of(SandboxImage.HOST)
            : BubblewrapBackend.overlaying();
    Sandboxes sandboxes =
        Sandboxes.open(
            Workspace.open(Path.of(arguments[1])),
            Path.of(arguments[2]),
            List.of(backend),
            SandboxTemplate.DEFAULT);
    String input =
        "(setsid sleep %s &); echo x > left; sleep %s".formatted(arguments[3], arguments[3]);
    ProcessInfo process = sandboxes.start(ExecRequest.of("s", "bash", input));
    System.out.println("started " + process.id());
    Thread.currentThread().join();
  }
}
