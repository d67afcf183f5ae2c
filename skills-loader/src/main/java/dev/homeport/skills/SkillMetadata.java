package dev.homeport.skills;

import dev.homeport.workspace.PathGlob;
import dev.homeport.workspace.WorkspacePath;
import java.util.List;
import java.util.Optional;

/// What the author of a skill declared about it, besides name and description.
///
/// @param whenToUse a further description of the occasion (`when_to_use`)
/// @param compatibility what the skill needs to work, in prose
/// @param allowedTools the tools that the skill uses (`allowed-tools`); a wish, not a grant
/// @param paths globs of the files that the skill is for (`paths`); empty for any
/// @param invocation who may ask for it
/// @param requirements what must be there to run the skill
public record SkillMetadata(
    Optional<String> whenToUse,
    Optional<String> compatibility,
    List<String> allowedTools,
    List<String> paths,
    SkillInvocation invocation,
    SkillRequirements requirements) {
  /// Copies the lists.
  public SkillMetadata {
    allowedTools = List.copyOf(allowedTools);
    paths = List.copyOf(paths);
  }

  /// Whether the skill is for work on a file: it names no paths, or one that fits.
  ///
  /// @param file a file of the project
  public boolean suits(WorkspacePath file) {
    return paths.isEmpty() || PathGlob.matchesAny(paths, file.segments());
  }
}
