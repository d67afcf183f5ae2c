package dev.homeport.sandbox;

import dev.homeport.workspace.Workspace;
import java.nio.file.Path;

/// One sandbox to be made.
///
/// @param instance the id of the [Sandboxes] that owns it, for labels that a sweep goes by
/// @param id unique within the instance, `[a-z0-9]+`
/// @param directory an empty directory for the sandbox's files on the host, which goes with it
/// @param shared the directory of the instance, in which the former lies; what its sandboxes share
///   may be put there as well
/// @param workspace the directory tree that it sees copy on write at `/workspace`
/// @param template what it is made like
public record SandboxSpec(
    String instance,
    String id,
    Path directory,
    Workspace shared,
    Workspace workspace,
    SandboxTemplate template) {
  /// Where a sandbox sees the workspace; commands start there.
  public static final String WORKSPACE = "/workspace";
}
