package dev.homeport.search;

import dev.homeport.search.tree.FileTypes;
import dev.homeport.search.tree.GlobSyntaxException;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.List;

/// Which files of a workspace are looked at.
///
/// Ignore files are `.gitignore`, `.ignore`, `.rgignore` and `.git/info/exclude`; those of git
/// count inside a repository only. A glob that matches a file takes it whatever ignore files say,
/// as in ripgrep.
///
/// @param path the directory to search below, or one file, which is taken whatever the rest says
/// @param globs what to take, or with a leading `!` what to leave out; the last match decides. A
///   glob without `/` matches names at any depth, one with `/` paths from the workspace root
/// @param types names of file types, such as `java`, of which a file must have one
/// @param hidden whether names that begin with a dot are looked at
/// @param ignored whether what ignore files exclude is looked at
public record FileScope(
    WorkspacePath path, List<String> globs, List<String> types, boolean hidden, boolean ignored) {
  /// The whole workspace, but for what is ignored or hidden.
  public static final FileScope WORKSPACE =
      new FileScope(WorkspacePath.ROOT, List.of(), List.of(), false, false);

  /// Copies the lists.
  public FileScope {
    globs = List.copyOf(globs);
    types = List.copyOf(types);
  }

  /// This scope below another path.
  public FileScope below(WorkspacePath other) {
    return new FileScope(other, globs, types, hidden, ignored);
  }

  /// This scope with other globs.
  public FileScope withGlobs(String... others) {
    return new FileScope(path, List.of(others), types, hidden, ignored);
  }

  /// This scope with other file types.
  public FileScope withTypes(String... others) {
    return new FileScope(path, globs, List.of(others), hidden, ignored);
  }

  /// This scope with hidden files, or without.
  public FileScope withHidden(boolean taken) {
    return new FileScope(path, globs, types, taken, ignored);
  }

  /// This scope with ignored files, or without.
  public FileScope withIgnored(boolean taken) {
    return new FileScope(path, globs, types, hidden, taken);
  }

  /// Hidden and ignored files as well, but not the inside of git.
  FileScope everything() {
    var wider = new ArrayList<>(globs);
    wider.add("!.git/");
    return new FileScope(path, wider, types, true, true);
  }

  TreeFilter filter() throws BadScopeException {
    var typeGlobs = new ArrayList<String>();
    for (String type : types) {
      typeGlobs.addAll(FileTypes.globs(type).orElseThrow(() -> unknownType(type)));
    }
    try {
      return TreeFilter.of(globs, typeGlobs, hidden, ignored);
    } catch (GlobSyntaxException e) {
      throw new BadScopeException(String.valueOf(e.getMessage()));
    }
  }

  private static BadScopeException unknownType(String type) {
    List<String> similar = FileTypes.like(type);
    return new BadScopeException(
        "There is no file type '"
            + type
            + "'. "
            + (similar.isEmpty()
                ? "Use a glob such as *." + type + " instead, or one of: " + names()
                : "Did you mean " + String.join(" or ", similar) + "?"));
  }

  private static String names() {
    return String.join(", ", FileTypes.names()) + ".";
  }
}
