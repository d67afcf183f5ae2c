package dev.homeport.version;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The generations of the version log: directories `g000001`, `g000002` and so on, of which the one
/// with the highest number counts.
///
/// A rewriting takes place in a directory of another name, which becomes the next generation by
/// being moved. Before that the old one counts, afterwards the new one, whenever the process dies.
/// Thread-safe.
final class Generations {
  private static final String PREFIX = "g";
  private static final String FIRST = "g000001";
  private static final String UNFINISHED = "rewriting";

  private final Workspace workspace;
  private final WorkspacePath directory;
  private volatile Successor successor = new Successor("", new File(""));

  /// Where the generation after another one will be.
  private record Successor(String of, File host) {}

  Generations(Workspace workspace, WorkspacePath directory) {
    this.workspace = workspace;
    this.directory = directory;
  }

  /// The one that counts now; the first if there is none yet.
  String current() throws IOException {
    String current = FIRST;
    for (FileInfo entry : entries()) {
      String name = entry.path().name();
      if (isGeneration(entry) && name.compareTo(current) > 0) {
        current = name;
      }
    }
    return current;
  }

  /// Whether a generation that counted still does.
  ///
  /// One look by path: a link that somebody puts in between can only make this wrong until the next
  /// file of the generation is opened, or is looked at through [dev.homeport.workspace.HeldFile].
  boolean isCurrent(String generation) throws IOException {
    Successor known = successor;
    if (!known.of.equals(generation)) {
      WorkspacePath next = path(following(generation));
      known = new Successor(generation, workspace.root().resolve(next.toString()).toFile());
      successor = known;
    }
    // Unlike Files.notExists it makes no exception, stack trace and all, for what it should find.
    return !known.host.isDirectory();
  }

  /// The directory of a generation.
  WorkspacePath path(String generation) throws WorkspaceException {
    return directory.child(generation);
  }

  /// Where the next generation is written.
  WorkspacePath unfinished() throws WorkspaceException {
    return directory.child(UNFINISHED);
  }

  /// Lets what was written as unfinished take the place of a generation, durably.
  ///
  /// @return the new generation
  String replace(String generation) throws IOException {
    String next = following(generation);
    workspace.move(unfinished(), path(next));
    removeAllBut(next);
    return next;
  }

  /// Removes what a crash left of older generations and unfinished ones. Call it under the lock of
  /// the log.
  ///
  /// Whoever still reads an older generation can rely on the next one being there as long as
  /// anything of it is.
  void removeAllBut(String current) throws IOException {
    for (FileInfo entry : entries()) {
      String name = entry.path().name();
      if (name.equals(UNFINISHED) || (isGeneration(entry) && !name.equals(current))) {
        workspace.delete(entry.path());
      }
    }
  }

  private List<FileInfo> entries() throws IOException {
    return workspace.stat(directory).isPresent()
        ? new ArrayList<>(workspace.list(directory))
        : List.of();
  }

  private static boolean isGeneration(FileInfo entry) {
    String name = entry.path().name();
    return entry.isDirectory() && name.startsWith(PREFIX) && name.length() == FIRST.length();
  }

  /// The name of the one after another.
  static String following(String generation) {
    int number = Integer.parseInt(generation.substring(PREFIX.length()));
    return PREFIX + "%06d".formatted(number + 1);
  }
}
