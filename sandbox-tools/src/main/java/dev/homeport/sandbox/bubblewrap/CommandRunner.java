package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;

/// Starts the commands of one sandbox, over the mounts that it holds. Thread-safe.
interface CommandRunner extends AutoCloseable {
  /// Starts a command that sees the workspace as it is now.
  ///
  /// @param appeared secrets that were not there yet when the overlay was mounted
  /// @throws SandboxException of kind `LOST` if the sandbox is gone
  Exec start(Command program, SortedSet<WorkspacePath> appeared)
      throws IOException, InterruptedException;

  /// A command that a killed server had started.
  default Optional<Attached> attach(String handle, long from) throws IOException {
    return Optional.empty();
  }

  /// Whether commands can still be started.
  boolean isAlive();

  /// Kills what runs, and lets the mounts go.
  @Override
  void close() throws IOException;
}
