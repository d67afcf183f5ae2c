package dev.homeport.skills;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/// What git ignores below a root: `.git/info/exclude` and the `.gitignore` files from the top of
/// the working tree down to the root. Those further down do not count.
///
/// If git ignores the root itself, its skills are there for the user alone, and nothing is ignored.
final class IgnoreRules {
  private static final long MOST_BYTES = 1 << 20;
  static final IgnoreRules NONE = new IgnoreRules(List.of());

  /// The rules of one file, which are relative to a directory.
  private record Node(int depth, IgnoreNode rules) {}

  /// The innermost first.
  private final List<Node> nodes;

  private IgnoreRules(List<Node> nodes) {
    this.nodes = nodes;
  }

  /// The files that hold the rules for a root; empty if it is in no working tree of git, or is the
  /// user's, whose home may be one for another purpose.
  static List<WorkspacePath> files(SkillsConfig.Root root, Workspace workspace, WorkspacePath start)
      throws IOException {
    var git = new WorkspacePath(List.of(".git"));
    if (root.scope() == SkillsConfig.Scope.USER || workspace.stat(git).isEmpty()) {
      return List.of();
    }
    var files = new ArrayList<WorkspacePath>();
    for (int depth = start.segments().size(); depth >= 0; depth--) {
      files.add(new WorkspacePath(start.segments().subList(0, depth)).child(".gitignore"));
    }
    if (workspace.stat(git).filter(FileInfo::isDirectory).isPresent()) {
      files.add(new WorkspacePath(List.of(".git", "info", "exclude")));
    }
    return files;
  }

  /// Reads the rules for a root.
  static IgnoreRules of(SkillRoots.OpenRoot root) throws IOException {
    var nodes = new ArrayList<Node>();
    for (WorkspacePath file : root.ignoreFiles()) {
      Optional<byte[]> content = content(root.workspace(), file);
      if (content.isPresent()) {
        var rules = new IgnoreNode();
        rules.parse(new ByteArrayInputStream(content.get()));
        int depth = file.name().equals(".gitignore") ? file.segments().size() - 1 : 0;
        nodes.add(new Node(depth, rules));
      }
    }
    var all = new IgnoreRules(List.copyOf(nodes));
    for (int depth = 1; depth <= root.start().segments().size(); depth++) {
      if (all.ignores(new WorkspacePath(root.start().segments().subList(0, depth)))) {
        return NONE;
      }
    }
    return all;
  }

  private static Optional<byte[]> content(Workspace workspace, WorkspacePath file)
      throws IOException {
    try {
      return workspace.readIfPresent(file, MOST_BYTES);
    } catch (WorkspaceException noPlainFile) {
      return Optional.empty();
    }
  }

  /// Whether a directory is ignored, leaving those above it out of account.
  boolean ignores(WorkspacePath directory) {
    List<String> names = directory.segments();
    for (Node node : nodes) {
      if (names.size() <= node.depth()) {
        continue;
      }
      String relative = String.join("/", names.subList(node.depth(), names.size()));
      switch (node.rules().isIgnored(relative, true)) {
        case IGNORED -> {
          return true;
        }
        case NOT_IGNORED -> {
          return false;
        }
        case CHECK_PARENT, CHECK_PARENT_NEGATE_FIRST_MATCH -> {}
      }
    }
    return false;
  }
}
