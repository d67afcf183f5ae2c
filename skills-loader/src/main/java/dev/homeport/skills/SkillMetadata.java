package dev.homeport.skills;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the author of a skill declared about it, besides name and description.
///
/// @param whenToUse a further description of the occasion (`when_to_use`)
/// @param compatibility what the skill needs to work, in prose
/// @param allowedTools the tools that the skill uses (`allowed-tools`); a wish, not a grant
/// @param arguments the names of positional arguments
/// @param disableModelInvocation whether only the user may ask for the skill
/// @param requirements what must be there to run the skill
/// @param frontmatter the whole metadata as JSON values: strings, numbers, booleans, null, lists
///   and maps, in the order of the file
public record SkillMetadata(
    Optional<String> whenToUse,
    Optional<String> compatibility,
    List<String> allowedTools,
    List<String> arguments,
    boolean disableModelInvocation,
    SkillRequirements requirements,
    Map<String, @Nullable Object> frontmatter) {
  /// Copies the collections.
  public SkillMetadata {
    allowedTools = List.copyOf(allowedTools);
    arguments = List.copyOf(arguments);
    frontmatter = Collections.unmodifiableMap(new java.util.LinkedHashMap<>(frontmatter));
  }
}
