package dev.homeport.server;

import dev.homeport.sandbox.session.ChangeTarget;
import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;

/// Brings changes from a sandbox into the workspace as versions.
record VersionedTarget(Workspace workspace, Versions versions) implements ChangeTarget {
  static ChangeTarget of(Workspace workspace) throws IOException {
    return new VersionedTarget(workspace, Versions.of(workspace));
  }

  @Override
  public void write(WorkspacePath path, byte[] content) throws IOException {
    byte[] old = workspace.readIfPresent(path, Versions.MOST_KEPT).orElse(null);
    versions.write(path, old, content, Author.current());
  }

  @Override
  public void delete(WorkspacePath path) throws IOException {
    versions.delete(path, Author.current());
  }
}
