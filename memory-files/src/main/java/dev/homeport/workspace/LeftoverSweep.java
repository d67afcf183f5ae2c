package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Removes what crashed processes left, where Homeport keeps its own files: in the root, in which
/// directories are begun, and in [Workspace#OWN_DIRECTORY] with all below it. Of a private
/// workspace that is all. Leftovers in the user's directories go with the next write there.
final class LeftoverSweep {
  private static final int MOST_DIRECTORIES = 20_000;

  private final WorkspaceTree tree;
  private final Leftovers leftovers;
  private final boolean isWhole;

  /// @param isWhole whether all directories are Homeport's
  LeftoverSweep(WorkspaceTree tree, Leftovers leftovers, boolean isWhole) {
    this.tree = tree;
    this.leftovers = leftovers;
    this.isWhole = isWhole;
  }

  void run() throws IOException {
    List<WorkspacePath> first = sweep(WorkspacePath.ROOT);
    Deque<WorkspacePath> directories = new ArrayDeque<>(isWhole ? first : List.of(own()));
    for (int i = 0; i < MOST_DIRECTORIES && !directories.isEmpty(); i++) {
      directories.addAll(sweep(directories.pop()));
    }
  }

  private static WorkspacePath own() {
    return new WorkspacePath(List.of(Workspace.OWN_DIRECTORY));
  }

  /// @return the directories in it; none if it is gone or a link
  private List<WorkspacePath> sweep(WorkspacePath path) throws IOException {
    try {
      return tree.in(
          path,
          path,
          directory -> {
            leftovers.remove(path, directory);
            return directories(path, directory);
          });
    } catch (WorkspaceException e) {
      if (e.kind() == Kind.NOT_FOUND
          || e.kind() == Kind.NOT_A_DIRECTORY
          || e.kind() == Kind.LINK_REFUSED) {
        return List.of();
      }
      throw e;
    }
  }

  private static List<WorkspacePath> directories(WorkspacePath path, SecureDirectory directory)
      throws IOException {
    var found = new ArrayList<WorkspacePath>();
    for (String name : directory.names()) {
      if (!SecureDirectory.isTemporary(name) && WorkspacePath.isName(name)) {
        WorkspacePath below = path.child(name);
        if (Entries.stat(below, directory).filter(FileInfo::isDirectory).isPresent()) {
          found.add(below);
        }
      }
    }
    return found;
  }
}
