package dev.homeport.sandbox;

import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A computer of its own: processes, a file system with the workspace at `/workspace`, no network
/// but what its template allows.
///
/// Thread-safe; commands may run at the same time and share files, not processes.
public interface Sandbox extends AutoCloseable {
  /// What it can do beyond what every sandbox can.
  Set<Capability> capabilities();

  /// Starts a command, which sees the workspace as it is now, but for what the sandbox changed.
  ///
  /// @throws SandboxException if the sandbox is gone or cannot start the command
  Exec exec(Command command) throws IOException, InterruptedException;

  /// A command that a killed server had started, whose output goes on without a gap.
  ///
  /// @param handle its [Exec#handle]
  /// @param from how much of its output is kept elsewhere; at most what the other server had read
  /// @return empty if the sandbox does not know it
  default Optional<Attached> attach(String handle, long from) throws IOException {
    return Optional.empty();
  }

  /// The files of the workspace that differ in the sandbox, in path order. What stands below `.git`
  /// and what the policy hides is left out.
  List<FileChange> changes() throws IOException, InterruptedException;

  /// Forgets changes that the workspace has taken over: from now on the sandbox sees the
  /// workspace's files at these paths.
  void settle(Collection<WorkspacePath> paths) throws IOException, InterruptedException;

  /// Freezes all of its processes; the next command, or [#resume], lets them go on. Does nothing if
  /// they are frozen already.
  ///
  /// @throws SandboxException if it has not [Capability#PAUSE]
  void pause() throws IOException, InterruptedException;

  /// Lets frozen processes go on.
  void resume() throws IOException, InterruptedException;

  /// Makes a sandbox whose files are what they are here now, `/tmp` and home included. Processes
  /// are not taken along.
  ///
  /// @param spec for the new one
  /// @throws SandboxException if it has not [Capability#FORK]
  Sandbox fork(SandboxSpec spec) throws IOException, InterruptedException;

  /// Copies its files as they are now into a directory, `/tmp` and home included, for
  /// [SandboxBackend#restore].
  ///
  /// @param directory an empty directory
  /// @throws SandboxException if it has not [Capability#FORK]
  default void snapshot(Path directory) throws IOException, InterruptedException {
    throw new SandboxException(
        SandboxException.Kind.FAILED, "This sandbox cannot be kept as a snapshot.");
  }

  /// What it used so far, or empty where the kernel does not count for it.
  Optional<Usage> usage() throws IOException, InterruptedException;

  /// Whether commands can still be started.
  boolean isAlive();

  /// Kills all of its processes and deletes its files; a second call does nothing.
  @Override
  void close() throws IOException;
}
