package dev.homeport.sandbox.session;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;

/// Takes the changes that are brought back from a sandbox.
///
/// The lock of the path is held by the calling thread during each call.
public interface ChangeTarget {
  /// Writes a whole file.
  void write(WorkspacePath path, byte[] content) throws IOException, InterruptedException;

  /// Deletes a file.
  void delete(WorkspacePath path) throws IOException, InterruptedException;

  /// Writes straight into a workspace.
  static ChangeTarget of(Workspace workspace) {
    return new ChangeTarget() {
      @Override
      public void write(WorkspacePath path, byte[] content) throws IOException {
        workspace.write(path, content);
      }

      @Override
      public void delete(WorkspacePath path) throws IOException {
        workspace.delete(path);
      }
    };
  }
}
