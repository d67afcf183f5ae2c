package dev.homeport.version.git;

import dev.homeport.version.Version;
import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// Where an export goes on.
///
/// @param versions what is to be exported, the oldest first
/// @param tree the files before the first of them
/// @param missing a sentence about versions that are not kept any more and were never exported
record Continuation(List<Version> versions, ExportTree tree, Optional<String> missing) {
  private static final String SECTION = "homeport";
  private static final String WORKSPACE = "workspace";

  /// Everything, into a repository without a commit.
  static Continuation fromStart(List<Version> all) {
    return new Continuation(all, new ExportTree(), Optional.empty());
  }

  /// What came after the last commit. Where its version has aged out, that is everything that is
  /// still there, if the repository is known to be of this workspace.
  ///
  /// @throws WorkspaceException if the commit is none of this workspace's exports
  static Continuation after(
      RevCommit last, RevWalk walk, List<Version> all, Workspace workspace, Repository repository)
      throws IOException {
    String id = lastExported(last);
    ExportTree tree = ExportTree.of(walk.getObjectReader(), last.getTree());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).id().equals(id)) {
        return new Continuation(all.subList(i + 1, all.size()), tree, Optional.empty());
      }
    }
    String known = repository.getConfig().getString(SECTION, null, WORKSPACE);
    if (!workspace.root().toString().equals(known)) {
      throw new WorkspaceException(
          Kind.NOT_FOUND,
          "The history does not hold the version that was exported last, and the repository is of"
              + " another workspace. Export into a new directory.");
    }
    forget(tree, all, workspace);
    return new Continuation(
        all,
        tree,
        Optional.of("Missing: the versions after %s that are not kept any more.".formatted(id)));
  }

  private static String lastExported(RevCommit last) throws WorkspaceException {
    return last.getFullMessage()
        .lines()
        .filter(line -> line.startsWith(VersionGroup.LAST))
        .reduce((_, line) -> line)
        .map(line -> line.substring(VersionGroup.LAST.length()))
        .orElseThrow(() ->
            new WorkspaceException(
                Kind.ALREADY_EXISTS,
                "The target is a git repository that holds other work than an export; choose an"
                    + " empty or a new directory."));
  }

  /// Removes the files that went away by one of the missing versions, as far as can be told: they
  /// are made by a later version, or are in none and do not exist.
  private static void forget(ExportTree tree, List<Version> all, Workspace workspace)
      throws IOException {
    var firsts = new HashMap<WorkspacePath, Boolean>();
    for (Version version : all) {
      if (version.from() != null) {
        firsts.putIfAbsent(version.from(), true);
      }
      firsts.putIfAbsent(
          version.path(),
          version.operation() != Operation.CREATED && version.operation() != Operation.MOVED);
    }
    for (WorkspacePath path : tree.paths()) {
      Boolean wasThere = firsts.get(path);
      if (wasThere == null ? workspace.stat(path).isEmpty() : !wasThere) {
        tree.remove(path);
      }
    }
  }

  /// Notes in a repository of which workspace it is.
  static void remember(Workspace workspace, Repository repository) throws IOException {
    StoredConfig config = repository.getConfig();
    String root = workspace.root().toString();
    if (!root.equals(config.getString(SECTION, null, WORKSPACE))) {
      config.setString(SECTION, null, WORKSPACE, root);
      config.save();
    }
  }
}
