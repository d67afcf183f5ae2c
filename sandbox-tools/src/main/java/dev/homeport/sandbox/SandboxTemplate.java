package dev.homeport.sandbox;

import dev.homeport.sandbox.egress.EgressPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What sandboxes are made like, whatever the backend.
///
/// @param policy which files of the workspace they see
/// @param limits what they may use
/// @param mounts what else of the host they see
/// @param environment variables that their commands get besides `PATH`, `HOME` and the like
/// @param executors the executors they may have
/// @param egress what they reach of the network
/// @param pool how many are kept ready, frozen, once the first one was asked for
public record SandboxTemplate(
    WorkspacePolicy policy,
    SandboxLimits limits,
    List<Mount> mounts,
    Map<String, String> environment,
    List<Executor> executors,
    EgressPolicy egress,
    int pool) {
  /// Nothing of the host but its programs, no network, the default limits, the standard executors.
  public static final SandboxTemplate DEFAULT =
      new SandboxTemplate(
          WorkspacePolicy.DEFAULT,
          SandboxLimits.DEFAULT,
          List.of(),
          Map.of(),
          Executor.STANDARD,
          EgressPolicy.NONE,
          0);

  /// Copies the collections, and checks that the pool is not negative.
  public SandboxTemplate {
    if (pool < 0) {
      throw new IllegalArgumentException("pool is " + pool + ", but must not be negative");
    }
    mounts = List.copyOf(mounts);
    environment = Map.copyOf(environment);
    executors = List.copyOf(executors);
  }

  /// The same with others of the host's files.
  public SandboxTemplate withMounts(List<Mount> others) {
    return new SandboxTemplate(policy, limits, others, environment, executors, egress, pool);
  }

  /// The same with variables that are not set yet.
  public SandboxTemplate withDefaults(Map<String, String> variables) {
    var all = new LinkedHashMap<>(variables);
    all.putAll(environment);
    return new SandboxTemplate(policy, limits, mounts, all, executors, egress, pool);
  }

  /// The same with other limits.
  public SandboxTemplate withLimits(SandboxLimits others) {
    return new SandboxTemplate(policy, others, mounts, environment, executors, egress, pool);
  }

  /// The same with another reach into the network.
  public SandboxTemplate withEgress(EgressPolicy other) {
    return new SandboxTemplate(policy, limits, mounts, environment, executors, other, pool);
  }

  /// The same with so many kept ready.
  public SandboxTemplate withPool(int size) {
    return new SandboxTemplate(policy, limits, mounts, environment, executors, egress, size);
  }
}
