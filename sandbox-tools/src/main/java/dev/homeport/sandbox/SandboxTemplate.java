package dev.homeport.sandbox;

import java.util.List;
import java.util.Map;

/// What sandboxes are made like, whatever the backend.
///
/// @param policy which files of the workspace they see
/// @param limits what they may use
/// @param mounts what else of the host they see
/// @param environment variables that their commands get besides `PATH`, `HOME` and the like
/// @param executors the executors they may have
public record SandboxTemplate(
    WorkspacePolicy policy,
    SandboxLimits limits,
    List<Mount> mounts,
    Map<String, String> environment,
    List<Executor> executors) {
  /// Nothing of the host but its programs, the default limits, the standard executors.
  public static final SandboxTemplate DEFAULT =
      new SandboxTemplate(
          WorkspacePolicy.DEFAULT, SandboxLimits.DEFAULT, List.of(), Map.of(), Executor.STANDARD);

  /// Copies the collections.
  public SandboxTemplate {
    mounts = List.copyOf(mounts);
    environment = Map.copyOf(environment);
    executors = List.copyOf(executors);
  }
}
