package dev.homeport.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens the directories of a workspace, each relative to its parent and never through a link.
///
/// Thread-safe.
final class WorkspaceTree {
  private static final int MOST_ATTEMPTS = 20;

  private final Path root;
  private final HeldRoot heldRoot;
  private final boolean isPrivate;
  private final DirectoryForces forces;
  private final Leftovers leftovers;

  WorkspaceTree(Path root, boolean isPrivate, DirectoryForces forces) {
    this.root = root;
    this.heldRoot = HeldRoot.of(root);
    this.isPrivate = isPrivate;
    this.forces = forces;
    this.leftovers = new Leftovers(locks(Workspace.LOCK));
  }

  /// The locks of a lock file, which is made when the first one is taken.
  ProcessLocks locks(WorkspacePath file) {
    return ProcessLocks.on(root.resolve(file.toString()), () -> openLock(file));
  }

  private FileChannel openLock(WorkspacePath file) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return inMade(
        file.parent(),
        WorkspacePath.ROOT,
        directory -> {
          Entries.requireFileOrNothing(file, directory);
          return directory.openFile(file.name(), options, true);
        });
  }

  /// Removes what crashed processes left where Homeport keeps its own files.
  void removeLeftovers() throws IOException {
    new LeftoverSweep(this, leftovers, isPrivate).run();
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
          try (var walk = walk(directory, false)) {
            return action.run(walk.end);
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
            try (var walk = walk(directory, true)) {
              leftovers.removeOnce(directory, walk.end);
              return action.run(walk.end);
            } catch (NoSuchFileException e) {
              if (attempt == MOST_ATTEMPTS) {
                throw e;
              }
            }
          }
        });
  }

  /// A way from the root to a directory, which is open until this is closed.
  private static final class Walk implements AutoCloseable {
    private final HeldRoot.Use root;
    private SecureDirectory end;

    private Walk(HeldRoot.Use root) {
      this.root = root;
      this.end = root.directory();
    }

    private void enter(SecureDirectory next) throws IOException {
      SecureDirectory left = end;
      end = next;
      close(left);
    }

    private void close(SecureDirectory directory) throws IOException {
      if (!directory.equals(root.directory())) {
        directory.close();
      }
    }

    @Override
    public void close() throws IOException {
      try (root) {
        close(end);
      }
    }
  }

  private Walk walk(WorkspacePath path, boolean create) throws IOException {
    var walk = new Walk(heldRoot.use());
    var walked = WorkspacePath.ROOT;
    try {
      for (String name : path.segments()) {
        walked = walked.child(name);
        walk.enter(step(walk, walked, create));
      }
      return walk;
    } catch (IOException | RuntimeException e) {
      walk.close();
      throw e;
    }
  }

  private SecureDirectory step(Walk walk, WorkspacePath path, boolean create) throws IOException {
    SecureDirectory parent = walk.end;
    var found = parent.stat(path.name());
    if (found.isEmpty() && create) {
      make(walk, path);
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

  private void make(Walk walk, WorkspacePath path) throws IOException {
    leftovers.removeOnce(WorkspacePath.ROOT, walk.root.directory());
    walk.end.createDirectory(path.name(), root, isPrivate(path));
    forces.force(walk.end);
  }
}
