package dev.homeport.workspace;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens the directories of a workspace, each relative to its parent and never through a link.
///
/// Thread-safe.
final class WorkspaceTree {
  private static final int MOST_ATTEMPTS = 20;

  private final Path root;
  private final boolean isPrivate;
  private final DirectoryForces forces;
  private final Leftovers leftovers = new Leftovers();

  WorkspaceTree(Path root, boolean isPrivate, DirectoryForces forces) {
    this.root = root;
    this.isPrivate = isPrivate;
    this.forces = forces;
  }

  /// What is done in an open directory.
  interface Action<T extends @Nullable Object> {
    T run(SecureDirectory directory) throws IOException;
  }

  /// Whether what is made at a path is for its owner alone.
  boolean isPrivate(WorkspacePath path) {
    return isPrivate
        || (!path.isRoot() && path.segments().getFirst().equals(Workspace.OWN_DIRECTORY));
  }

  /// Runs an action in an existing directory, and translates its errors for a path.
  <T extends @Nullable Object> T in(WorkspacePath directory, WorkspacePath about, Action<T> action)
      throws IOException {
    return Failures.translate(
        about,
        () -> {
          try (var open = walk(directory, false)) {
            return action.run(open);
          }
        });
  }

  /// Runs an action that writes in a directory which is made if it is missing.
  ///
  /// Runs it again if the directory was replaced by that of another writer who made it at the same
  /// time: an action must not have changed anything when it throws [NoSuchFileException].
  <T extends @Nullable Object> T inMade(
      WorkspacePath directory, WorkspacePath about, Action<T> action) throws IOException {
    return Failures.translate(
        about,
        () -> {
          for (int attempt = 1; ; attempt++) {
            try (var open = walk(directory, true)) {
              leftovers.removeOnce(directory, open);
              return action.run(open);
            } catch (NoSuchFileException e) {
              if (attempt == MOST_ATTEMPTS) {
                throw e;
              }
            }
          }
        });
  }

  private SecureDirectory walk(WorkspacePath path, boolean create) throws IOException {
    SecureDirectory directory = SecureDirectory.open(root);
    var walked = WorkspacePath.ROOT;
    try {
      for (String name : path.segments()) {
        walked = walked.child(name);
        SecureDirectory next = step(directory, walked, create);
        directory.close();
        directory = next;
      }
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private SecureDirectory step(SecureDirectory parent, WorkspacePath path, boolean create)
      throws IOException {
    var found = parent.stat(path.name());
    if (found.isEmpty() && create) {
      make(parent, path);
      found = parent.stat(path.name());
    }
    if (found.isEmpty()) {
      throw create ? new NoSuchFileException(path.toString()) : Failures.notFound(path);
    }
    if (found.get().isSymbolicLink()) {
      throw Failures.link(path);
    }
    if (!found.get().isDirectory()) {
      throw Failures.notADirectory(path);
    }
    return parent.child(path.name());
  }

  private void make(SecureDirectory parent, WorkspacePath path) throws IOException {
    try (var open = SecureDirectory.open(root)) {
      leftovers.removeOnce(WorkspacePath.ROOT, open);
    }
    parent.createDirectory(path.name(), root, isPrivate(path));
    forces.force(parent);
  }
}
