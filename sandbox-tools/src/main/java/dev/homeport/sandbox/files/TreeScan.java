package dev.homeport.sandbox.files;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Lists what a sandbox may see of a workspace, each entry with a stamp that changes with it.
final class TreeScan extends SimpleFileVisitor<Path> {
  /// What tells one state of an entry from another: kind, size, time of change, file identity.
  record Stamp(boolean directory, long bytes, long modified, int file) {}

  private static final int MOST_ENTRIES = 100_000;
  private static final long MOST_BYTES = 1L << 30;

  private final Path root;
  private final WorkspacePolicy policy;
  private final SortedMap<WorkspacePath, Stamp> found = new TreeMap<>();
  private long bytes;

  private TreeScan(Path root, WorkspacePolicy policy) {
    this.root = root;
    this.policy = policy;
  }

  /// @throws SandboxException if that is more than can be copied
  static SortedMap<WorkspacePath, Stamp> of(Path root, WorkspacePolicy policy) throws IOException {
    var scan = new TreeScan(root, policy);
    Files.walkFileTree(root, scan);
    return scan.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (directory.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    return add(directory, new Stamp(true, 0, 0, 0))
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
      add(
          file,
          new Stamp(
              false,
              attributes.size(),
              attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
              Objects.hashCode(attributes.fileKey())));
    }
    return FileVisitResult.CONTINUE;
  }

  private boolean add(Path path, Stamp stamp) throws SandboxException {
    var segments = new ArrayList<String>();
    root.relativize(path).forEach(name -> segments.add(name.toString()));
    var relative = new WorkspacePath(segments);
    if (policy.hides(relative, stamp.directory())) {
      return false;
    }
    found.put(relative, stamp);
    bytes += stamp.bytes();
    if (found.size() > MOST_ENTRIES || bytes > MOST_BYTES) {
      throw new SandboxException(
          Kind.TOO_LARGE,
          "The workspace has more than %,d entries or %,d bytes, too much for a sandbox that works on a copy; install bubblewrap, which needs none."
              .formatted(MOST_ENTRIES, MOST_BYTES));
    }
    return true;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    return switch (e) {
      case NoSuchFileException _, AccessDeniedException _ -> FileVisitResult.CONTINUE;
      default -> throw e;
    };
  }
}
