package dev.homeport.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One kind of isolation that sandboxes are made of. Thread-safe.
public interface SandboxBackend {
  /// Its name, such as `bubblewrap`.
  String name();

  /// Whether it works here; tried once, for at most ten seconds, and remembered if it does.
  Availability availability() throws InterruptedException;

  /// Makes a sandbox that is ready to run commands.
  ///
  /// @throws SandboxException if it cannot be made, saying why
  Sandbox create(SandboxSpec spec) throws IOException, InterruptedException;

  /// Makes a sandbox whose files are those of a snapshot; it sees the rest of the workspace as it
  /// is now.
  ///
  /// @param snapshot what [Sandbox#snapshot] of this backend filled
  default Sandbox restore(SandboxSpec spec, Path snapshot)
      throws IOException, InterruptedException {
    throw new SandboxException(
        SandboxException.Kind.FAILED, "Sandboxes of " + name() + " have no snapshots.");
  }

  /// Takes over a sandbox whose server was killed. What runs in it goes on.
  ///
  /// @param spec what it was made by, but for the owner's own part
  /// @param handles the [Exec#handle] of each command that will be asked for by [Sandbox#attach];
  ///   others are ended
  /// @return empty, and nothing is left of it, if it has ended or cannot be taken over
  default Optional<Sandbox> adopt(SandboxSpec spec, Set<String> handles)
      throws IOException, InterruptedException {
    return Optional.empty();
  }

  /// Ends and removes what instances left behind that no longer live, files in their directories
  /// excepted.
  ///
  /// @param instances holds a directory for each instance, by its id
  /// @param lives tells whether the instance of an id lives; must be asked after leftovers are
  ///   listed, so that an instance that starts meanwhile is not taken for dead
  void sweep(Path instances, Predicate<String> lives) throws IOException, InterruptedException;
}
