package dev.homeport.workspace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Unfinished writes that a crash left behind.
///
/// They are removed when a process first writes into their directory, so that nothing has to walk
/// the tree at start. Thread-safe.
final class Leftovers {
  /// No write takes that long: what is older belongs to nobody.
  static final Duration AGE = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());
  private static final int MOST_DIRECTORIES = 10_000;

  private final Set<WorkspacePath> seen = ConcurrentHashMap.newKeySet();

  /// Removes the leftovers of a directory unless that was done before; failure is only logged.
  void removeOnce(WorkspacePath path, SecureDirectory directory) {
    if (seen.size() >= MOST_DIRECTORIES || !seen.add(path)) {
      return;
    }
    try {
      remove(directory);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "leftovers of crashed writes stay in " + path, e);
    }
  }

  private static void remove(SecureDirectory directory) throws IOException {
    Instant limit = Instant.now().minus(AGE);
    for (String name : directory.names()) {
      if (SecureDirectory.isTemporary(name)
          && directory.stat(name).filter(found -> isBefore(found, limit)).isPresent()) {
        directory.deleteTree(name);
      }
    }
  }

  private static boolean isBefore(BasicFileAttributes attributes, Instant limit) {
    return attributes.lastModifiedTime().toInstant().isBefore(limit);
  }
}
