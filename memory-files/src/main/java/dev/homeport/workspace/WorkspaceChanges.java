package dev.homeport.workspace;

import dev.homeport.workspace.Workspace.Alongside;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Writes, deletes and moves entries of a workspace, each change atomic and durable together with
/// what goes alongside. Locks nothing. Thread-safe.
final class WorkspaceChanges {
  private final WorkspaceTree tree;
  private final DirectoryForces forces;
  private final Durability durability;

  WorkspaceChanges(WorkspaceTree tree, DirectoryForces forces, Durability durability) {
    this.tree = tree;
    this.forces = forces;
    this.durability = durability;
  }

  void write(WorkspacePath path, byte[] content, Alongside alongside) throws IOException {
    tree.inMade(
        path.parent(),
        path,
        directory -> {
          Entries.requireFileOrNothing(path, directory);
          directory.replaceFile(path.name(), content, tree.isPrivate(path), durability);
          force(List.of(directory), alongside);
          return null;
        });
  }

  void delete(WorkspacePath path, Alongside alongside) throws IOException {
    tree.in(
        path.parent(),
        path,
        directory -> {
          Entries.requirePresent(path, directory);
          directory.deleteTree(path.name());
          force(List.of(directory), alongside);
          return null;
        });
  }

  void move(WorkspacePath from, WorkspacePath to, Alongside alongside) throws IOException {
    if (to.startsWith(from) && !to.equals(from)) {
      throw new WorkspaceException(Kind.BAD_PATH, to + " lies inside " + from + ".");
    }
    tree.in(
        from.parent(),
        from,
        source -> {
          Entries.requirePresent(from, source);
          return tree.inMade(
              to.parent(),
              to,
              target -> {
                move(source, from, target, to);
                force(List.of(target, source), alongside);
                return null;
              });
        });
  }

  private static void move(
      SecureDirectory source, WorkspacePath from, SecureDirectory target, WorkspacePath to)
      throws IOException {
    Entries.requirePresent(from, source);
    if (target.stat(to.name()).isPresent()) {
      throw Failures.exists(to);
    }
    source.move(from.name(), target, to.name());
  }

  /// Waits for all, whatever fails, as the directories are closed afterwards. They are forced by
  /// other threads while this one commits what goes alongside.
  private void force(List<SecureDirectory> changed, Alongside alongside) throws IOException {
    var pending = new ArrayList<GroupCommit.Pending<?>>();
    for (SecureDirectory directory : changed) {
      pending.add(forces.begin(directory));
    }
    try {
      alongside.commit();
    } finally {
      for (GroupCommit.Pending<?> directory : pending) {
        directory.await();
      }
    }
  }
}
