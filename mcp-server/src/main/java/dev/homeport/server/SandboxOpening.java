package dev.homeport.server;

import dev.homeport.sandbox.Mount;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/// Opens the sandboxes of a workspace and sweeps, beside, what dead servers left.
final class SandboxOpening {
  private static final System.Logger LOG = System.getLogger(SandboxOpening.class.getName());

  private SandboxOpening() {}

  /// @param state where Homeport keeps state of the user
  /// @param mounts what sandboxes see besides the workspace
  static Sandboxes open(Workspace workspace, Path state, List<Mount> mounts) throws IOException {
    SandboxTemplate template = SandboxTemplate.DEFAULT;
    Sandboxes sandboxes =
        Sandboxes.open(
            workspace,
            state.resolve("sandboxes"),
            List.of(BubblewrapBackend.overlaying(), DockerBackend.standard()),
            new SandboxTemplate(
                template.policy(),
                template.limits(),
                mounts,
                template.environment(),
                template.executors()));
    Thread.ofVirtual().name("sandbox-sweep").start(() -> sweep(sandboxes));
    return sandboxes;
  }

  private static void sweep(Sandboxes sandboxes) {
    try {
      sandboxes.sweep();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "sandboxes of dead servers were not swept", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void close(Sandboxes sandboxes) {
    try {
      sandboxes.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a sandbox was not removed; the next server sweeps it", e);
    }
  }
}
