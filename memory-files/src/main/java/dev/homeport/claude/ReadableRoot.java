package dev.homeport.claude;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A directory from which instructions may be read.
///
/// @param jail through which all its files are opened
/// @param named its path as it was given; the jail's own has no links in it
/// @param label what stands before the path of a source, such as `~/.claude/`
/// @param only the one file in it that may be read; null for all
record ReadableRoot(Workspace jail, Path named, String label, @Nullable WorkspacePath only) {
  /// The whole of a directory; empty if it cannot be read.
  static Optional<ReadableRoot> of(Path directory, String label) throws IOException {
    return Files.isDirectory(directory) && Files.isReadable(directory)
        ? Optional.of(new ReadableRoot(Workspace.open(directory), directory, label, null))
        : Optional.empty();
  }

  /// Approved files and directories; those that do not exist are left out.
  ///
  /// @param home shown as `~`
  /// @param workspace what else is shown relative to; an agent is not told where it lies
  static List<ReadableRoot> of(ApprovedImports approved, Optional<Path> home, Path workspace)
      throws IOException {
    var roots = new ArrayList<ReadableRoot>();
    for (Path path : approved.paths()) {
      boolean isFile = Files.isRegularFile(path);
      Path directory = isFile ? path.resolveSibling("") : path;
      Optional<ReadableRoot> root = of(directory, label(directory, home, workspace));
      if (root.isPresent()) {
        WorkspacePath only = isFile ? name(path) : null;
        ReadableRoot whole = root.get();
        roots.add(new ReadableRoot(whole.jail, directory, whole.label, only));
      }
    }
    return roots;
  }

  private static @Nullable WorkspacePath name(Path path) throws WorkspaceException {
    return WorkspacePath.parse(String.valueOf(path.getFileName()));
  }

  private static String label(Path directory, Optional<Path> home, Path workspace) {
    boolean isOfHome = home.isPresent() && directory.startsWith(home.get());
    String inside = String.valueOf((isOfHome ? home.get() : workspace).relativize(directory));
    String slash = inside.isEmpty() ? "" : "/";
    return (isOfHome ? "~/" : "") + inside + slash;
  }

  /// The path in this root of an absolute path, if it lies in it and may be read.
  ///
  /// @throws WorkspaceException if it breaks the grammar of paths
  Optional<WorkspacePath> relative(Path absolute) throws WorkspaceException {
    for (Path root : List.of(named, jail.root())) {
      if (absolute.startsWith(root)) {
        WorkspacePath path = WorkspacePath.parse(String.valueOf(root.relativize(absolute)));
        boolean isAllowed = only == null || only.equals(path);
        return isAllowed ? Optional.of(path) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
