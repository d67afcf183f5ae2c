package dev.homeport.server;

import dev.homeport.memory.MemoryStore;
import dev.homeport.server.config.Config;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Opens the memory of a workspace with that of its user, which is left out where their home cannot
/// be written.
final class MemoryOpening {
  private MemoryOpening() {}

  static MemoryStore open(Workspace workspace, UserDirectories user, Config config)
      throws IOException, InterruptedException {
    return MemoryStore.of(
        workspace, ofUser(user, config).orElse(null), config.memory(), InstantSource.system());
  }

  private static Optional<Workspace> ofUser(UserDirectories user, Config config)
      throws IOException {
    Path own = user.home().resolve(Workspace.OWN_DIRECTORY).resolve("memory");
    try {
      return Optional.of(
          WorkspaceOpening.prepared(Workspace.openPrivate(own, config.durability()), config));
    } catch (WorkspaceException e) {
      System.getLogger(MemoryOpening.class.getName())
          .log(Level.WARNING, "no memory of the user: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
