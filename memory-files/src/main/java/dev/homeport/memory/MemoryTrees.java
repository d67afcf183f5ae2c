package dev.homeport.memory;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The project's memory tree and, mounted in it, the user's.
final class MemoryTrees {
  static final String ROOT = "/memories";
  static final String USER = "user";

  private static final WorkspacePath PROJECT_BASE =
      new WorkspacePath(List.of(Workspace.OWN_DIRECTORY, "memory"));

  private final MemoryTree project;
  private final @Nullable MemoryTree user;

  MemoryTrees(Workspace project, @Nullable Workspace user) {
    this.project = new MemoryTree(ROOT, project, PROJECT_BASE);
    this.user = user == null ? null : new MemoryTree(ROOT + "/" + USER, user, WorkspacePath.ROOT);
  }

  MemoryTree project() {
    return project;
  }

  Optional<MemoryTree> user() {
    return Optional.ofNullable(user);
  }

  /// The tree of a scope.
  ///
  /// @throws RefusedException if there is no user's memory here
  MemoryTree of(MemoryScope scope) throws RefusedException {
    return switch (scope) {
      case PROJECT -> project;
      case USER ->
          user()
              .orElseThrow(() ->
                  new RefusedException(
                      "This server has no user memory; remember it in the project's."));
    };
  }

  /// All trees, the user's first.
  List<MemoryTree> all() {
    return user == null ? List.of(project) : List.of(user, project);
  }

  /// Whether the user's tree is mounted at this directory of the project's tree.
  boolean isMountedIn(MemoryPath directory) {
    return user != null && directory.tree().equals(project) && directory.isTop();
  }

  /// Parses what an agent gave.
  ///
  /// @throws RefusedException if it breaks the grammar of paths or leads out of the tree
  MemoryPath parse(String text) throws RefusedException {
    if (!text.equals(ROOT) && !text.startsWith(ROOT + "/")) {
      throw new RefusedException("Path must start with /memories, got: " + text);
    }
    String relative = text.substring(ROOT.length());
    List<String> segments = segments(text, relative.startsWith("/") ? relative.substring(1) : "");
    if (user != null && !segments.isEmpty() && segments.getFirst().equals(USER)) {
      return path(user, segments.subList(1, segments.size()));
    }
    return path(project, segments);
  }

  private static List<String> segments(String text, String relative) throws RefusedException {
    String between = "/" + relative.replace('\\', '/') + "/";
    if (between.contains("/../")) {
      throw new RefusedException("Path " + text + " would escape /memories directory");
    }
    if (between.contains("/./") || relative.indexOf('\\') >= 0) {
      throw new RefusedException(
          "The path " + text + " has a '.' segment or a backslash; name the file directly.");
    }
    try {
      List<String> segments = WorkspacePath.parse(relative).segments();
      if (segments.stream().anyMatch(MemoryTrees::isOwn)) {
        throw new RefusedException(
            "The path " + text + " belongs to Homeport; choose another name.");
      }
      return segments;
    } catch (WorkspaceException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /// Whatever its case: on some file systems `.HOMEPORT` is the same.
  private static boolean isOwn(String name) {
    String own = Workspace.OWN_DIRECTORY;
    return name.regionMatches(true, 0, own, 0, own.length());
  }

  private static MemoryPath path(MemoryTree tree, List<String> below) {
    return new MemoryPath(
        tree,
        new WorkspacePath(Stream.concat(tree.base().segments().stream(), below.stream()).toList()));
  }
}
