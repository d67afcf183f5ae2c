package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A server that starts a process in each of its sandboxes and then waits to be killed.
final class Owner {
  private Owner() {}

  static SandboxBackend backend(String name) {
    return name.equals("docker")
        ? DockerBackend.of(SandboxImage.HOST)
        : BubblewrapBackend.overlaying();
  }

  /// Takes the backend, the workspace, the state root, a number to sleep for, and how many
  /// sandboxes to make; one more is frozen.
  public static void main(String[] arguments) throws Exception {
    Sandboxes sandboxes =
        Sandboxes.open(
            Workspace.open(Path.of(arguments[1])),
            Path.of(arguments[2]),
            List.of(backend(arguments[0])),
            SandboxTemplate.DEFAULT);
    String input =
        "(setsid sleep %s &); echo x > left; sleep %s".formatted(arguments[3], arguments[3]);
    ProcessInfo process = null;
    for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
      process = sandboxes.start(ExecRequest.of("s" + i, "bash", input));
    }
    sandboxes.execute(ExecRequest.of("idle", "bash", "true"), _ -> {});
    sandboxes.sleepAfter(Duration.ZERO);
    System.out.println("started " + (process == null ? "" : process.id()));
    Thread.currentThread().join();
  }
}
