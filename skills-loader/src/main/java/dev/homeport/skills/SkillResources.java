package dev.homeport.skills;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files in a skill's directory, reached without following any link. Not thread-safe.
final class SkillResources {
  /// How many files are listed at most.
  static final int LIST_LIMIT = 100;

  /// The largest file that is read, in bytes.
  static final long READ_LIMIT = 8L << 20;

  private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "__pycache__");

  private final SkillLocation location;
  private final Workspace workspace;
  private final List<SkillResource> listed = new ArrayList<>();

  private SkillResources(SkillLocation location, Workspace workspace) {
    this.location = location;
    this.workspace = workspace;
  }

  static SkillResources of(SkillLocation location) throws IOException {
    return new SkillResources(location, Workspace.open(location.root().base()));
  }

  /// The files below a directory of the skill, without `SKILL.md` and without links.
  ///
  /// One more than [#LIST_LIMIT] is given if there are more.
  List<SkillResource> list(WorkspacePath directory) throws IOException {
    listed.clear();
    collect(directory, 0);
    return List.copyOf(listed);
  }

  private void collect(WorkspacePath directory, int depth) throws IOException {
    var subdirectories = new ArrayList<WorkspacePath>();
    for (FileInfo entry : workspace.list(location.resolve(directory))) {
      WorkspacePath path = directory.child(entry.path().name());
      if (listed.size() > LIST_LIMIT) {
        return;
      }
      if (entry.isFile() && !entry.path().equals(location.file())) {
        listed.add(new SkillResource(path.toString(), entry.bytes()));
      } else if (entry.isDirectory() && !SKIPPED.contains(path.name())) {
        subdirectories.add(path);
      }
    }
    if (depth < SkillsConfig.MAX_DEPTH) {
      for (WorkspacePath subdirectory : subdirectories) {
        collectReadable(subdirectory, depth + 1);
      }
    }
  }

  /// A directory that vanished or is closed to us has nothing to list.
  private void collectReadable(WorkspacePath directory, int depth) throws IOException {
    try {
      collect(directory, depth);
    } catch (WorkspaceException e) {
      System.getLogger(SkillResources.class.getName())
          .log(System.Logger.Level.DEBUG, "not listed: {0}", e.kind());
    }
  }

  Optional<FileInfo> stat(WorkspacePath path) throws IOException {
    return workspace.stat(inRoot(path));
  }

  byte[] read(WorkspacePath path) throws IOException {
    return workspace.read(inRoot(path), READ_LIMIT);
  }

  /// `SKILL.md` may be a link inside the root, which was resolved when it was found.
  private WorkspacePath inRoot(WorkspacePath path) {
    boolean isSkillFile = path.toString().equals("SKILL.md") || path.toString().equals("skill.md");
    return isSkillFile ? location.file() : location.resolve(path);
  }
}
