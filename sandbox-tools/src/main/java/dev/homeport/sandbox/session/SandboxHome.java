package dev.homeport.sandbox.session;

import dev.homeport.sandbox.egress.proxy.EgressGateway;
import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What of a sandbox is outside of it.
///
/// @param directory its directory on the host, deleted on close
/// @param gateway its way to the network, if it has one
record SandboxHome(Path directory, Optional<EgressGateway> gateway) implements AutoCloseable {
  /// Says whose sandbox it is.
  void own(String session, String name) {
    if (gateway.isPresent()) {
      gateway.get().own(session, name);
    }
  }

  /// Closes the way alone, and leaves the directory to others.
  void closeGateway() throws IOException {
    if (gateway.isPresent()) {
      gateway.get().close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeGateway();
    } finally {
      Trees.delete(directory);
    }
  }
}
