package dev.homeport.skills.publish;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillLocation;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The files in a skill's directory beside its `SKILL.md`, reached without following any link.
final class SkillContents {
  private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "__pycache__");
  private static final Set<String> SKILL_FILES = Set.of("SKILL.md", "skill.md");
  private static final int MAX_DEPTH = 32;

  private final SkillLocation location;
  private final Workspace workspace;

  private SkillContents(SkillLocation location, Workspace workspace) {
    this.location = location;
    this.workspace = workspace;
  }

  static SkillContents of(Skill skill) throws IOException {
    SkillLocation location = skill.location();
    return new SkillContents(location, Workspace.open(location.root().base()));
  }

  /// What stands at each path, in the order of the paths.
  ///
  /// @param most no more than these and one are looked for
  Map<String, FileInfo> list(int most) throws IOException {
    var found = new TreeMap<String, FileInfo>();
    collect(location.directory(), 0, most, found);
    return found;
  }

  private void collect(WorkspacePath directory, int depth, int most, Map<String, FileInfo> found)
      throws IOException {
    for (FileInfo entry : workspace.list(directory)) {
      if (found.size() > most) {
        return;
      }
      String name = entry.path().name();
      boolean isSkillFile = entry.path().equals(location.file()) && SKILL_FILES.contains(name);
      if (entry.isFile() && !isSkillFile) {
        found.put(relative(entry.path()), entry);
      } else if (entry.isDirectory() && !SKIPPED.contains(name) && depth < MAX_DEPTH) {
        collect(entry.path(), depth + 1, most, found);
      }
    }
  }

  private String relative(WorkspacePath path) {
    List<String> segments = path.segments();
    return String.join(
        "/", segments.subList(location.directory().segments().size(), segments.size()));
  }

  /// The bytes of a file, at most so many.
  byte[] read(String path, long limit) throws IOException {
    var segments = new ArrayList<>(location.directory().segments());
    segments.addAll(WorkspacePath.parse(path).segments());
    return workspace.read(new WorkspacePath(segments), limit);
  }
}
