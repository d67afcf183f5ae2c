package dev.homeport.sandbox;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Locale;

/// Which files of the workspace a sandbox sees, and which it may not change.
///
/// `.homeport` is hidden in any case. Patterns of names ignore case and may have one `*`. A hidden
/// name hides files and links, not directories.
///
/// @param hiddenNames patterns for the names of secret files
/// @param readOnly paths below the root that a sandbox sees but never changes
public record WorkspacePolicy(List<String> hiddenNames, List<WorkspacePath> readOnly) {
  /// Hides environment files and keys; protects what other programs run when they find it.
  public static final WorkspacePolicy DEFAULT =
      new WorkspacePolicy(
          List.of(
              ".env*",
              "*.pem",
              "*.key",
              "*.p12",
              "*.pfx",
              "*.jks",
              "*.keystore",
              "*.kdbx",
              "id_rsa*",
              "id_dsa*",
              "id_ecdsa*",
              "id_ed25519*",
              ".netrc",
              ".pgpass",
              ".git-credentials"),
          List.of(
              path(".git", "hooks"),
              path(".git", "config"),
              path(".mcp.json"),
              path(".claude"),
              path(".vscode")));

  /// Copies the lists.
  public WorkspacePolicy {
    hiddenNames = hiddenNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    readOnly = List.copyOf(readOnly);
  }

  private static WorkspacePath path(String... segments) {
    return new WorkspacePath(List.of(segments));
  }

  /// Whether a sandbox must not see what stands at a path.
  ///
  /// @param directory whether that is a directory
  public boolean hides(WorkspacePath path, boolean directory) {
    if (!path.isRoot() && path.segments().getFirst().equals(Workspace.OWN_DIRECTORY)) {
      return true;
    }
    return !directory && hidesName(path.name().toLowerCase(Locale.ROOT));
  }

  private boolean hidesName(String name) {
    return hiddenNames.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    return name.length() >= pattern.length() - 1
        && name.startsWith(pattern.substring(0, star))
        && name.endsWith(pattern.substring(star + 1));
  }

  /// Whether what a sandbox made of a path may come back into the workspace.
  ///
  /// What stands below a `.git`, and what is read-only at the root, is protected at any depth.
  public boolean allowsApply(WorkspacePath path) {
    for (int i = 0; i < path.segments().size(); i++) {
      var below = new WorkspacePath(path.segments().subList(i, path.segments().size()));
      if (below.segments().getFirst().equalsIgnoreCase(".git")
          || readOnly.stream().anyMatch(below::startsWith)) {
        return false;
      }
    }
    return !hides(path, false);
  }
}
