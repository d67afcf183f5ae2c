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

  /// How much there is, hidden files and those in `node_modules` included.
  ///
  /// @param files the number of files, or the limit at which counting stopped
  /// @param bytes of these files
  record Usage(int files, long bytes) {
    private static final Usage NONE = new Usage(0, 0);

    private Usage plus(Usage other) {
      return new Usage(files + other.files, bytes + other.bytes);
    }
  }

  Usage usage(int limit) throws IOException {
    return workspace.stat(base).isEmpty() ? Usage.NONE : usage(base, limit);
  }

  private Usage usage(WorkspacePath directory, int limit) throws IOException {
    Usage usage = Usage.NONE;
    for (FileInfo info : workspace.list(directory)) {
      if (usage.files >= limit) {
        break;
      }
      usage =
          usage.plus(
              info.isDirectory()
                  ? usage(info.path(), limit - usage.files)
                  : new Usage(1, info.bytes()));
    }
    return usage;
  }
}
