package dev.homeport.memory.check;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells whether what a memory mentions is a path of the workspace that is gone.
///
/// Only what is hardly anything else counts as a path: at least two names with `/` between them, of
/// which the last one has an ending such as `.java` or the first one is a directory of the
/// workspace. A lone file name says nothing about where the file should be. Not thread-safe.
final class MentionedPaths {
  private static final String NO_PATH = "*?{}<>$|()=,;\"'@\\~^&!%+[]";
  private static final Set<String> MADE_BY_BUILDS =
      Set.of("target", "build", "dist", "out", "bin", "node_modules", "coverage");
  private static final int LONGEST_ENDING = 8;

  private final Workspace workspace;
  private final Map<WorkspacePath, Boolean> known = new HashMap<>();

  MentionedPaths(Workspace workspace) {
    this.workspace = workspace;
  }

  /// The path that a code span names, if it looks like one and nothing stands there.
  Optional<String> gone(String code) throws IOException {
    Optional<WorkspacePath> path = parse(code);
    return path.isPresent() && looksLikePath(path.get()) && !exists(path.get())
        ? Optional.of(path.get().toString())
        : Optional.empty();
  }

  private Optional<WorkspacePath> parse(String code) {
    String text = withoutLine(code.strip());
    String root = workspace.root() + "/";
    text = text.startsWith(root) ? text.substring(root.length()) : text;
    boolean isPath =
        text.chars().noneMatch(c -> Character.isWhitespace(c) || NO_PATH.indexOf(c) >= 0)
            && text.indexOf(':') < 0
            && !text.startsWith("-");
    try {
      return isPath ? Optional.of(WorkspacePath.parse(text)) : Optional.empty();
    } catch (WorkspaceException e) {
      return Optional.empty();
    }
  }

  /// Without `:12` or `:12-30` at the end.
  private static String withoutLine(String text) {
    int colon = text.indexOf(':');
    boolean isLine =
        colon > 0
            && colon < text.length() - 1
            && text.substring(colon + 1).chars().allMatch(c -> "0123456789-:".indexOf(c) >= 0);
    return isLine ? text.substring(0, colon) : text;
  }

  private boolean looksLikePath(WorkspacePath path) throws IOException {
    if (path.segments().size() < 2) {
      return false;
    }
    String first = path.segments().getFirst();
    if (exists(WorkspacePath.ROOT.child(first))) {
      return isDirectory(first);
    }
    boolean isHost = first.indexOf('.') > 0;
    return !isHost && !MADE_BY_BUILDS.contains(first) && hasEnding(path.name());
  }

  private static boolean hasEnding(String name) {
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot + 1);
    return dot > 0
        && ending.length() <= LONGEST_ENDING
        && ending.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))
        && ending.chars().anyMatch(Character::isLetter);
  }

  private boolean isDirectory(String name) throws IOException {
    return workspace.stat(WorkspacePath.ROOT.child(name)).filter(FileInfo::isDirectory).isPresent();
  }

  /// Whether something stands at a path of the workspace, as far as that can be known.
  boolean exists(WorkspacePath path) throws IOException {
    Boolean exists = known.get(path);
    if (exists == null) {
      exists = look(path);
      known.put(path, exists);
    }
    return exists;
  }

  /// What lies behind a link or cannot be looked at is not told as gone.
  private boolean look(WorkspacePath path) throws IOException {
    try {
      return workspace.stat(path).isPresent();
    } catch (WorkspaceException e) {
      return true;
    }
  }
}
