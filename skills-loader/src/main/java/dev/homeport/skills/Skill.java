package dev.homeport.skills;

import dev.homeport.skills.text.Excerpt;
import java.util.List;

/// One skill as it was last readable.
///
/// @param name what it goes by
/// @param description what it does and when to use it, never blank
/// @param metadata everything else that its author declared
/// @param body the instructions, without the metadata, lines ending in `\n`
/// @param location where it stands
/// @param sha256 the digest of the bytes of its `SKILL.md`
/// @param problems what was repaired or is doubtful
public record Skill(
    SkillName name,
    String description,
    SkillMetadata metadata,
    String body,
    SkillLocation location,
    String sha256,
    List<SkillProblem> problems) {
  /// Copies the problems.
  public Skill {
    problems = List.copyOf(problems);
  }

  /// The description in one line of at most `limit` characters.
  public String shortDescription(int limit) {
    return Excerpt.of(description, limit);
  }

  /// Whether an agent may choose this skill by itself; otherwise only the user may ask for it.
  public boolean isOfferedToModels() {
    return !metadata.disableModelInvocation();
  }
}
