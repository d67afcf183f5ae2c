package dev.homeport.server;

import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressLog;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.server.tool.Lazy;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Opens the sandboxes of a workspace and sweeps, beside, what dead servers leave.
final class SandboxOpening {
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(20);
  private static final String DIRECTORY = "sandboxes";

  private SandboxOpening() {}

  /// @param state where Homeport keeps state of the user
  /// @param log keeps account of what sandboxes ask of the network
  static Sandboxes open(Workspace workspace, Path state, SandboxTemplate template, EgressLog log)
      throws IOException, InterruptedException {
    Sandboxes sandboxes =
        Sandboxes.open(
            workspace,
            state.resolve(DIRECTORY),
            List.of(BubblewrapBackend.overlaying(), DockerBackend.standard()),
            template,
            EgressContext.of(log));
    sandboxes.adopt();
    sandboxes.sweepRegularly(SWEEP_EVERY);
    return sandboxes;
  }

  /// Opens them already if there is anything of other servers, which may have been killed.
  static void early(Path state, Lazy<Sandboxes> sandboxes) {
    String[] others = state.resolve(DIRECTORY).toFile().list();
    if (others == null || others.length == 0) {
      return;
    }
    Thread.ofVirtual()
        .name("sandbox-open")
        .start(() -> {
          try {
            sandboxes.get();
          } catch (IOException e) {
            System.getLogger(SandboxOpening.class.getName())
                .log(Level.DEBUG, "sandboxes=not opened early", e); // whoever needs one is told
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  static void close(Sandboxes sandboxes) {
    try {
      sandboxes.close();
    } catch (IOException e) {
      System.getLogger(SandboxOpening.class.getName())
          .log(Level.WARNING, "a sandbox was not removed; the next server sweeps it", e);
    }
  }
}
