package dev.homeport.sandbox.files;

import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Finds the files of a workspace that a policy hides.
///
/// A second search reads only directories that changed since, so it costs one stat per directory.
/// Thread-safe.
public final class HiddenFiles {
  /// A directory that changed this recently may change again within the clock's grain.
  private static final Duration GRAIN = Duration.ofSeconds(1);

  private record Directory(Instant modified, List<WorkspacePath> hidden, List<Path> children) {}

  private final Path root;
  private final WorkspacePolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Path, Directory> known = new HashMap<>();

  /// Searches nothing yet.
  public HiddenFiles(Path root, WorkspacePolicy policy) {
    this.root = root;
    this.policy = policy;
  }

  /// What is hidden now, in path order.
  public SortedSet<WorkspacePath> find() throws IOException {
    lock.lock();
    try {
      var now = new HashMap<Path, Directory>();
      var hidden = new TreeSet<WorkspacePath>();
      var open = new ArrayDeque<Path>();
      open.push(root);
      while (!open.isEmpty()) {
        Path path = open.pop();
        Directory directory = look(path);
        now.put(path, directory);
        hidden.addAll(directory.hidden());
        directory.children().forEach(open::push);
      }
      known = now;
      return hidden;
    } finally {
      lock.unlock();
    }
  }

  private Directory look(Path path) throws IOException {
    try {
      Instant modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      Directory before = known.get(path);
      return before != null && before.modified().equals(modified) ? before : read(path, modified);
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      // Gone meanwhile, or closed to the sandbox as well, which runs as the same user.
      return new Directory(Instant.MIN, List.of(), List.of());
    }
  }

  private Directory read(Path path, Instant modified) throws IOException {
    var hidden = new ArrayList<WorkspacePath>();
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        boolean directory = isDirectory(entry);
        WorkspacePath relative = relative(entry);
        if (policy.hides(relative, directory)) {
          hidden.add(relative);
        } else if (directory) {
          children.add(entry);
        }
      }
    }
    boolean settled = modified.isBefore(Instant.now().minus(GRAIN));
    return new Directory(settled ? modified : Instant.MIN, hidden, children);
  }

  private static boolean isDirectory(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Names are taken as they are: one that breaks the path grammar can be a secret all the same.
  private WorkspacePath relative(Path entry) {
    var segments = new ArrayList<String>();
    root.relativize(entry).forEach(name -> segments.add(name.toString()));
    return new WorkspacePath(segments);
  }
}
