package dev.homeport.skills;

import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;

/// Where a skill stands.
///
/// @param root the root that it was found in
/// @param directory its directory, relative to [Root#base]
/// @param file its `SKILL.md`, relative to [Root#base]; elsewhere in the root if that is a link
public record SkillLocation(Root root, WorkspacePath directory, WorkspacePath file) {
  /// The directory as agents see it: `.claude/skills/x` or `~/.claude/skills/x`.
  public String shown() {
    return root.shown(directory);
  }

  /// The name of the directory.
  String directoryName() {
    if (!directory.isRoot()) {
      return directory.name();
    }
    var base = root.base().getFileName();
    return base == null ? "" : base.toString();
  }

  /// The path of an entry of the skill's directory.
  WorkspacePath resolve(WorkspacePath relative) {
    var segments = new ArrayList<>(directory.segments());
    segments.addAll(relative.segments());
    return new WorkspacePath(segments);
  }
}
