package dev.homeport.memory.check;

import dev.homeport.memory.MemoryLimits;
import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for what is wrong with the memory of a workspace and that of its user. Never changes
/// anything, and needs no lock: what is written meanwhile may be seen or not. Thread-safe.
///
/// The time grows with the bytes of the files; of 2,000 files each is compared with at most a few
/// hundred others.
public final class MemoryCheck {
  private static final String PROJECT = "/memories";
  private static final String USER = "user";

  private final CheckedTree project;
  private final List<CheckedTree> trees;
  private final MemoryLimits limits;

  private MemoryCheck(Workspace workspace, @Nullable Workspace user, MemoryLimits limits) {
    var base = new WorkspacePath(List.of(Workspace.OWN_DIRECTORY, "memory"));
    this.project = new CheckedTree(PROJECT, workspace, base, user == null ? "" : USER);
    this.trees =
        user == null
            ? List.of(project)
            : List.of(project, new CheckedTree(PROJECT + "/" + USER, user, WorkspacePath.ROOT, ""));
    this.limits = limits;
  }

  /// The memory to check.
  ///
  /// @param project holds `.homeport/memory`, and what the memory refers to
  /// @param user the directory of the user's own memory; none if null
  /// @param limits what a memory may hold
  public static MemoryCheck of(Workspace project, @Nullable Workspace user, MemoryLimits limits) {
    return new MemoryCheck(project, user, limits);
  }

  /// Looks at everything.
  public MemoryReport run() throws IOException {
    var problems = new Problems();
    var targets = new Targets(trees, project);
    var fileCheck = new FileCheck(limits, targets, problems);
    var indexCheck = new IndexCheck(limits, targets, problems);
    var all = new ArrayList<CheckedFile>();
    int count = 0;
    for (CheckedTree tree : trees) {
      List<FileInfo> files = tree.files(problems);
      checkCount(tree, files.size(), problems);
      var topics = new ArrayList<CheckedFile>();
      for (FileInfo file : files) {
        fileCheck.check(tree, file).ifPresent(topics::add);
      }
      indexCheck.check(tree, topics);
      all.addAll(topics);
      count += files.size();
    }
    new DuplicateCheck(problems).check(all);
    return new MemoryReport(count, problems.sorted());
  }

  private void checkCount(CheckedTree tree, int files, Problems problems) {
    if (files > limits.files()) {
      problems.add(
          Kind.OVER_LIMIT,
          tree.name(),
          0,
          "it holds %d files, but a memory may hold at most %d".formatted(files, limits.files()),
          "merge small files that belong together, remove what is out of date");
    }
  }
}
