package dev.homeport.workspace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Unfinished writes that a crash left behind.
///
/// Each bears the mark of the process that began it, and goes as soon as that process is gone. They
/// are removed from a directory when a process first writes into it, and where Homeport keeps its
/// own files by [LeftoverSweep], so that nothing has to walk the whole tree.
///
/// A process that never took a lock of the workspace counts as gone. What is taken from under its
/// hands by mistake is only a file that nobody sees yet: it writes it again. Thread-safe.
final class Leftovers {
  private static final int MOST_DIRECTORIES = 10_000;

  private final ProcessLocks locks;
  private final Set<WorkspacePath> seen = ConcurrentHashMap.newKeySet();

  /// @param locks those of the workspace
  Leftovers(ProcessLocks locks) {
    this.locks = locks;
  }

  /// Removes the leftovers of a directory unless that was done before; failure is only logged.
  void removeOnce(WorkspacePath path, SecureDirectory directory) {
    if (seen.size() >= MOST_DIRECTORIES || locks.isOpening() || !seen.add(path)) {
      return;
    }
    remove(path, directory);
  }

  /// Removes the leftovers of a directory; failure is only logged.
  void remove(WorkspacePath path, SecureDirectory directory) {
    try {
      for (String name : directory.names()) {
        if (SecureDirectory.isTemporary(name) && isOfNobody(name)) {
          directory.deleteTree(name);
        }
      }
    } catch (IOException e) {
      System.getLogger(Leftovers.class.getName())
          .log(Level.WARNING, "leftovers of crashed writes stay in " + path, e);
    }
  }

  private boolean isOfNobody(String name) throws IOException {
    OptionalInt mark = SecureDirectory.markOf(name);
    return mark.isPresent() && !locks.isAlive(mark.getAsInt());
  }
}
