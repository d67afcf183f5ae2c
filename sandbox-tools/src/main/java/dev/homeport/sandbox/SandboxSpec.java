package dev.homeport.sandbox;

import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;

/// One sandbox to be made.
///
/// @param instance the id of the [Sandboxes] that owns it, for labels that a sweep goes by
/// @param id unique within the instance, `[a-z0-9]+`
/// @param directory an empty directory for the sandbox's files on the host, which goes with it
/// @param shared the directory of the instance, in which the former lies; what its sandboxes share
///   may be put there as well
/// @param workspace the directory tree that it sees copy on write at `/workspace`
/// @param template what it is made like
/// @param forwards what listens on its loopback interface for the server
public record SandboxSpec(
    String instance,
    String id,
    Path directory,
    Workspace shared,
    Workspace workspace,
    SandboxTemplate template,
    List<Forward> forwards) {
  /// Where a sandbox sees the workspace; commands start there.
  public static final String WORKSPACE = "/workspace";

  /// A port on the loopback interface of a sandbox that leads to a Unix socket which it sees. Only
  /// the resident agent can listen there.
  ///
  /// @param port the port
  /// @param socket where the sandbox sees the socket
  public record Forward(int port, String socket) {
    /// As the agent takes it.
    public String option() {
      return port + "=" + socket;
    }
  }

  /// Copies the forwards.
  public SandboxSpec {
    forwards = List.copyOf(forwards);
  }

  /// Refuses what a sandbox without a resident agent cannot have.
  public void requireNoForwards() throws SandboxException {
    if (!forwards.isEmpty()) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "The network of a sandbox needs the resident agent, which this build has none of. Build"
              + " Homeport where a C compiler is, or take the rules for the network out of the"
              + " configuration.");
    }
  }
}
