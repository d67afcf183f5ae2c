package dev.homeport.skills;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/// Looks at a skill before it is served, whenever it is. Thread-safe, and quick for a skill that it
/// has looked at before.
@FunctionalInterface
public interface SkillReview {
  /// A review that lets everything pass.
  SkillReview NONE = _ -> Verdict.FINE;

  /// What is thought of a skill as it stands now.
  Verdict of(Skill skill) throws IOException, InterruptedException;

  /// The same for lists, which do not fail for one skill: what cannot be looked at is withheld.
  default SkillReview orWithheld() {
    return skill -> {
      try {
        return of(skill);
      } catch (IOException e) {
        System.getLogger(SkillReview.class.getName())
            .log(Level.WARNING, "skill={0} not reviewed: {1}", skill.name(), e.getMessage());
        return new Verdict(Optional.of("It could not be looked at."), List.of());
      }
    };
  }

  /// The result of a review.
  ///
  /// @param withheld why the skill is not served and what the user can do about it, in a sentence
  ///   or two; empty if it is served
  /// @param notes what an agent should know about its origin, one phrase each
  record Verdict(Optional<String> withheld, List<String> notes) {
    /// Nothing is to be said.
    public static final Verdict FINE = new Verdict(Optional.empty(), List.of());

    /// Copies the notes.
    public Verdict {
      notes = List.copyOf(notes);
    }
  }
}
