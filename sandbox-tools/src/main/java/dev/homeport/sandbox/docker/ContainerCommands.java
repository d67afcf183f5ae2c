package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.SandboxException;
import java.io.IOException;
import java.util.Optional;

/// Starts the commands of one container, and tells whether it lives. Thread-safe.
interface ContainerCommands extends AutoCloseable {
  /// How a command ends that is killed, as a shell gives it.
  int KILLED = 137;

  /// Starts a command.
  ///
  /// @throws SandboxException of kind `LOST` if the container is gone
  Exec start(Command command) throws IOException, InterruptedException;

  /// A command that a killed server had started.
  default Optional<Attached> attach(String handle, long from) throws IOException {
    return Optional.empty();
  }

  /// Whether commands can still be started.
  boolean isAlive();

  /// Lets the container go; whoever made it removes it.
  @Override
  void close() throws IOException;
}
