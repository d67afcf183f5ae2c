package dev.homeport.skills.publish;

/// What publishing a skill came to.
public sealed interface PublishOutcome {
  /// The skill is published.
  record Published(PublishedSkill skill) implements PublishOutcome {}

  /// The skill cannot be published.
  ///
  /// @param name the skill
  /// @param reason why, and what its author can do, in one sentence or two
  record Refused(String name, String reason) implements PublishOutcome {}
}
