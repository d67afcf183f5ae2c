package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.files.Notes;
import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Files of sandboxes that are kept under names, for all servers of a workspace. Thread-safe.
final class Snapshots {
  /// So many are kept, because each may be as large as a disk.
  private static final int MOST = 32;

  private static final int LONGEST_NAME = 64;
  private static final String NOTE = "note";
  private static final String BACKEND = "backend";
  private static final String DRAFT = ".draft";

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param directory made when the first one is kept
  Snapshots(Path directory) {
    this.directory = directory;
  }

  /// Keeps the files of a sandbox; what had the name before is replaced.
  void keep(String name, LiveSandbox live) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Path target = path(name);
      if (!Files.exists(target) && names().size() >= MOST) {
        throw new SandboxException(
            Kind.TOO_LARGE,
            "There are " + MOST + " snapshots already; discard one" + known() + ".");
      }
      Files.createDirectories(directory);
      Path draft = Files.createTempDirectory(directory, DRAFT);
      try {
        live.snapshot(draft);
        Notes.write(draft.resolve(NOTE), Map.of(BACKEND, live.backend()));
        Trees.delete(target);
        Files.move(draft, target);
      } finally {
        Trees.delete(draft);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Where the files of one are.
  Path find(String name) throws IOException {
    Path found = path(name);
    if (!Files.isDirectory(found)) {
      throw new SandboxException(
          Kind.NOT_FOUND, "There is no snapshot '" + name + "'" + known() + ".");
    }
    return found;
  }

  /// What the sandbox was made of.
  static String backend(Path snapshot) throws IOException {
    return Notes.read(snapshot.resolve(NOTE)).getProperty(BACKEND);
  }

  void discard(String name) throws IOException {
    Trees.delete(find(name));
  }

  /// In order.
  List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private String known() throws IOException {
    List<String> names = names();
    return names.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", names);
  }

  private Path path(String name) throws SandboxException {
    boolean valid =
        !name.isEmpty()
            && name.length() <= LONGEST_NAME
            && name.chars().allMatch(Snapshots::isAllowed)
            && !name.startsWith(".");
    if (!valid) {
      throw new SandboxException(
          Kind.FAILED, "A snapshot needs a name of 1 to 64 letters, digits, '_', '-' or '.'.");
    }
    return directory.resolve(name);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
