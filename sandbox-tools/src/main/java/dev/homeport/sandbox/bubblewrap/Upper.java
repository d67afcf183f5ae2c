package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.FileChange.Kind;
import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The upper layer of an overlay: what a sandbox changed of its workspace.
///
/// A device 0/0 in it is a whiteout: what stood there below is deleted. A directory marked opaque
/// hides the one below it. The sandbox may be changing it meanwhile, so nothing in it is trusted:
/// every access goes through a [Workspace], which follows no link.
final class Upper {
  private static final int MOST_CHANGES = 10_000;
  private static final long LARGEST_COMPARED = 16L << 20;
  private static final int FILE_TYPE = 0170000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final String OPAQUE = "overlay.opaque";

  private final UpperTree upper;
  private final Workspace lower;
  private final WorkspacePolicy policy;

  Upper(UpperTree upper, Workspace lower, WorkspacePolicy policy) {
    this.upper = upper;
    this.lower = lower;
    this.policy = policy;
  }

  /// The changes in path order, at most 10,000.
  List<FileChange> changes() throws IOException {
    var changes = new TreeMap<WorkspacePath, FileChange>();
    walk(WorkspacePath.ROOT, true, changes);
    return List.copyOf(changes.values());
  }

  /// @param overLower whether the directory shows the one below it as well
  private void walk(
      WorkspacePath directory, boolean overLower, Map<WorkspacePath, FileChange> changes)
      throws IOException {
    List<FileInfo> entries = list(upper::list, directory);
    if (!overLower) {
      var replaced = entries.stream().map(FileInfo::path).collect(Collectors.toSet());
      for (FileInfo hidden : list(lower::list, directory)) {
        if (!replaced.contains(hidden.path())) {
          deleted(hidden, changes);
        }
      }
    }
    for (FileInfo entry : entries) {
      if (changes.size() >= MOST_CHANGES) {
        return;
      }
      if (!entry.path().name().equals(".git")) {
        visit(entry, overLower, changes);
      }
    }
  }

  private void visit(FileInfo entry, boolean overLower, Map<WorkspacePath, FileChange> changes)
      throws IOException {
    Optional<FileInfo> below = below(entry.path());
    switch (entry.kind()) {
      case DIRECTORY -> {
        below.filter(info -> !info.isDirectory()).ifPresent(info -> deletedFile(info, changes));
        walk(entry.path(), overLower && !isOpaque(entry.path()), changes);
      }
      case SPECIAL -> {
        if (!isWhiteout(entry.path())) {
          changes.put(entry.path(), change(entry, below));
        } else if (below.isPresent()) {
          deleted(below.get(), changes);
        }
      }
      case FILE, LINK -> {
        if (below.isPresent() && below.get().isDirectory()) {
          deleted(below.get(), changes);
        }
        if (below.isEmpty() || !isSame(entry, below.get())) {
          changes.put(entry.path(), change(entry, below));
        }
      }
    }
  }

  private static FileChange change(FileInfo entry, Optional<FileInfo> below) {
    boolean replaces = below.isPresent() && !below.get().isDirectory();
    return new FileChange(
        entry.path(), replaces ? Kind.CHANGED : Kind.ADDED, entry.bytes(), entry.isFile());
  }

  /// What the sandbox would see without its own change; hidden files count as absent.
  private Optional<FileInfo> below(WorkspacePath path) throws IOException {
    try {
      return lower.stat(path).filter(info -> !policy.hides(path, info.isDirectory()));
    } catch (WorkspaceException e) {
      if (e.kind() == WorkspaceException.Kind.LINK_REFUSED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void deleted(FileInfo info, Map<WorkspacePath, FileChange> changes) throws IOException {
    if (policy.hides(info.path(), info.isDirectory())
        || info.path().name().equals(".git")
        || changes.size() >= MOST_CHANGES) {
      return;
    }
    if (!info.isDirectory()) {
      deletedFile(info, changes);
      return;
    }
    for (FileInfo child : list(lower::list, info.path())) {
      deleted(child, changes);
    }
  }

  private static void deletedFile(FileInfo info, Map<WorkspacePath, FileChange> changes) {
    changes.put(info.path(), new FileChange(info.path(), Kind.DELETED, 0, info.isFile()));
  }

  /// A program may have written what was there before.
  private boolean isSame(FileInfo entry, FileInfo below) throws IOException {
    if (!entry.isFile()
        || !below.isFile()
        || entry.bytes() != below.bytes()
        || entry.bytes() > LARGEST_COMPARED) {
      return false;
    }
    try {
      return Arrays.equals(
          upper.read(entry.path(), LARGEST_COMPARED), lower.read(entry.path(), LARGEST_COMPARED));
    } catch (WorkspaceException e) {
      return false;
    }
  }

  /// Lists a directory.
  private interface Listing {
    List<FileInfo> list(WorkspacePath directory) throws IOException;
  }

  private static List<FileInfo> list(Listing tree, WorkspacePath directory) throws IOException {
    try {
      return tree.list(directory);
    } catch (WorkspaceException e) {
      return List.of();
    }
  }

  /// Lets the workspace show through again at these paths, and where only they kept it covered.
  void settle(Collection<WorkspacePath> paths) throws IOException {
    for (WorkspacePath path : paths) {
      WorkspacePath cover = path;
      while (!cover.isRoot() && isNeedless(cover, path)) {
        remove(cover);
        cover = cover.parent();
      }
    }
  }

  /// Whether nothing else than the settled path needs an entry of this layer.
  private boolean isNeedless(WorkspacePath cover, WorkspacePath settled) throws IOException {
    Optional<FileInfo> entry = stat(cover);
    if (entry.isEmpty() || cover.equals(settled)) {
      return true;
    }
    if (entry.get().isDirectory()) {
      return list(upper::list, cover).isEmpty();
    }
    var left = new TreeMap<WorkspacePath, FileChange>();
    below(cover).ifPresent(info -> collect(info, left));
    return isWhiteout(cover) && left.isEmpty();
  }

  private void collect(FileInfo info, Map<WorkspacePath, FileChange> left) {
    try {
      deleted(info, left);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Optional<FileInfo> stat(WorkspacePath path) throws IOException {
    try {
      return upper.stat(path);
    } catch (WorkspaceException e) {
      return Optional.empty();
    }
  }

  private void remove(WorkspacePath path) throws IOException {
    if (stat(path).isPresent()) {
      upper.delete(path);
    }
  }

  private boolean isWhiteout(WorkspacePath path) throws IOException {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(host(path), "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
      return attributes.get("mode") instanceof Integer mode
          && (mode & FILE_TYPE) == CHARACTER_DEVICE
          && Long.valueOf(0).equals(attributes.get("rdev"));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean isOpaque(WorkspacePath path) throws IOException {
    try {
      return Files.getFileAttributeView(
              host(path), UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .list()
          .contains(OPAQUE);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path host(WorkspacePath path) {
    return upper.host(path);
  }
}
