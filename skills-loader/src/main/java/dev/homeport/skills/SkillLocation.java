package dev.homeport.skills;

import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Where a skill stands.
///
/// @param root the root that it was found in
/// @param directory its directory, relative to [Root#base]
/// @param file its `SKILL.md`, relative to [Root#base]; elsewhere in the root if that is a link
public record SkillLocation(Root root, WorkspacePath directory, WorkspacePath file) {
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SkillLocation location
            && root.equals(location.root)
            && directory.segments().equals(location.directory.segments())
            && file.segments().equals(location.file.segments()));
  }

  /// There are tens of thousands in tables; the directory alone tells most apart.
  @Override
  public int hashCode() {
    return directory.segments().hashCode();
  }

  /// The directory as agents see it: `.claude/skills/x` or `~/.claude/skills/x`.
  public String shown() {
    return root.shown(directory);
  }

  /// The file as agents see it.
  public String shownFile() {
    return root.shown(file);
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
  public WorkspacePath resolve(WorkspacePath relative) {
    var segments = new ArrayList<>(directory.segments());
    segments.addAll(relative.segments());
    return new WorkspacePath(segments);
  }
}
