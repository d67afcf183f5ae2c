package dev.homeport.memory;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;

/// A directory of a workspace that agents see under a name of its own.
///
/// @param name as agents see it, such as `/memories`
/// @param workspace where it lies
/// @param base the directory in that workspace
record MemoryTree(String name, Workspace workspace, WorkspacePath base) {
  MemoryPath top() {
    return new MemoryPath(this, base);
  }

  /// A file of Homeport's own directly below the tree.
  MemoryPath child(String fileName) throws WorkspaceException {
    return new MemoryPath(this, base.child(fileName));
  }

  /// The entries of a directory that agents may see: no hidden ones, no links, no special files.
  List<FileInfo> visible(WorkspacePath directory) throws IOException {
    return workspace.list(directory).stream()
        .filter(info -> info.isFile() || info.isDirectory())
        .filter(info -> !info.path().name().startsWith("."))
        .filter(info -> !info.path().name().equals("node_modules"))
        .toList();
  }

  /// How many files there are, hidden ones and those in `node_modules` included; stops at a limit.
  int countFiles(int limit) throws IOException {
    return workspace.stat(base).isEmpty() ? 0 : countFiles(base, limit);
  }

  private int countFiles(WorkspacePath directory, int limit) throws IOException {
    int count = 0;
    for (FileInfo info : workspace.list(directory)) {
      if (count >= limit) {
        break;
      }
      count += info.isDirectory() ? countFiles(info.path(), limit - count) : 1;
    }
    return count;
  }
}
