package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Capability;
import java.util.List;
import java.util.Set;

/// A sandbox of a session.
///
/// @param name its name within the session
/// @param backend what it is made of, empty before its first command
/// @param capabilities what it can do, empty before its first command
/// @param executors the executors that it has, or may have before its first command
/// @param processes its background processes, those that ended included
public record SandboxInfo(
    String name,
    String backend,
    Set<Capability> capabilities,
    List<String> executors,
    List<ProcessInfo> processes) {
  /// Copies the collections.
  public SandboxInfo {
    capabilities = Set.copyOf(capabilities);
    executors = List.copyOf(executors);
    processes = List.copyOf(processes);
  }
}
