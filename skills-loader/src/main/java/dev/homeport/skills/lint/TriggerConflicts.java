package dev.homeport.skills.lint;

import dev.homeport.skills.Skill;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.text.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds skills whose descriptions say nearly the same, so that no agent can tell which to load.
final class TriggerConflicts {
  /// The share of common words at which two descriptions count as the same.
  private static final double SAME = 0.8;

  private static final int FEWEST_WORDS = 5;

  /// Skills are compared if they share one of their rarest words.
  private static final int RAREST = 4;

  private static final int MOST_CANDIDATES = 50;

  private TriggerConflicts() {}

  static List<SkillFinding> of(List<Skill> skills) {
    List<Set<String>> words = new ArrayList<>();
    var holders = new HashMap<String, List<Integer>>();
    for (int i = 0; i < skills.size(); i++) {
      Set<String> own = new HashSet<>(Terms.of(skills.get(i).description()));
      words.add(own);
      for (String word : own) {
        holders.computeIfAbsent(word, _ -> new ArrayList<>()).add(i);
      }
    }
    var findings = new ArrayList<SkillFinding>();
    for (int i = 0; i < skills.size(); i++) {
      for (int other : candidates(words.get(i), holders)) {
        if (other < i && similarity(words.get(i), words.get(other)) >= SAME) {
          findings.add(finding(skills.get(i), skills.get(other)));
        }
      }
    }
    return findings;
  }

  private static Set<Integer> candidates(Set<String> words, Map<String, List<Integer>> holders) {
    var candidates = new HashSet<Integer>();
    if (words.size() >= FEWEST_WORDS) {
      words.stream()
          .map(word -> holders.getOrDefault(word, List.of()))
          .filter(list -> list.size() <= MOST_CANDIDATES)
          .sorted((a, b) -> Integer.compare(a.size(), b.size()))
          .limit(RAREST)
          .forEach(candidates::addAll);
    }
    return candidates;
  }

  private static double similarity(Set<String> a, Set<String> b) {
    long common = a.stream().filter(b::contains).count();
    return (double) common / (a.size() + b.size() - common);
  }

  private static SkillFinding finding(Skill skill, Skill other) {
    return new SkillFinding(
        LintRule.TRIGGER_CONFLICT,
        skill.location().shown(),
        0,
        "its description says nearly the same as that of '%s'; say when to use which"
            .formatted(other.name()));
  }
}
