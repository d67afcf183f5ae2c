package dev.homeport.skills;

import java.util.List;

/// What loading a skill came to.
public sealed interface SkillLoadOutcome {
  /// The skill, ready for an agent.
  ///
  /// @param skill the skill
  /// @param text its body, wrapped and attributed, with its directory and its files
  /// @param resources its files; at most [SkillResources#LIST_LIMIT]
  /// @param unmet what the skill needs and this machine lacks, one phrase each
  record Loaded(Skill skill, String text, List<SkillResource> resources, List<String> unmet)
      implements SkillLoadOutcome {
    /// Copies the lists.
    public Loaded {
      resources = List.copyOf(resources);
      unmet = List.copyOf(unmet);
    }
  }

  /// The skill is not served.
  ///
  /// @param name the skill
  /// @param reason why, and what the user can do
  record Withheld(SkillName name, String reason) implements SkillLoadOutcome {}

  /// A command in the text of the skill failed, so the text would not be what it should.
  ///
  /// @param name the skill
  /// @param command the command
  /// @param reason why, with what it printed
  record CommandFailed(SkillName name, String command, String reason) implements SkillLoadOutcome {}

  /// There is no skill of that name.
  ///
  /// @param nearest the names most like it
  record Unknown(List<SkillName> nearest) implements SkillLoadOutcome {
    /// Copies the names.
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }
}
