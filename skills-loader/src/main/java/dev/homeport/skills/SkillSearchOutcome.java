package dev.homeport.skills;

import java.util.List;

/// What a search for a fitting skill came to.
public sealed interface SkillSearchOutcome {
  /// The fit of the best skill below which none is offered.
  ///
  /// A query that is matched by one word of a body, or by common words alone, stays below.
  double THRESHOLD = 0.1;

  /// A skill and how well it fits.
  ///
  /// @param skill the skill
  /// @param fit how much of the query it covers, weighted by how telling each word is: 0 to 1
  record Hit(Skill skill, double fit) {}

  /// Skills that fit, best first.
  record Hits(List<Hit> hits) implements SkillSearchOutcome {
    /// Copies the hits.
    public Hits {
      hits = List.copyOf(hits);
    }
  }

  /// No skill fits well enough to be worth loading.
  ///
  /// @param nearest the best of those that do not fit, for an agent that knows better
  record NoneFits(List<Hit> nearest) implements SkillSearchOutcome {
    /// Copies the hits.
    public NoneFits {
      nearest = List.copyOf(nearest);
    }
  }
}
