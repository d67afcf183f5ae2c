package dev.homeport.skills;

import dev.homeport.skills.SkillSearchOutcome.Hit;
import dev.homeport.skills.text.Nearness;
import dev.homeport.skills.text.TextIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All skills as they stood at one moment. Immutable and thread-safe.
public final class SkillSnapshot {
  /// A snapshot without skills.
  static final SkillSnapshot EMPTY = new SkillSnapshot(Map.of(), List.of());

  /// How many names an error offers instead of one that does not exist.
  static final int NEAREST = 3;

  /// A hit is dropped if it fits less than this share of the best one.
  private static final double TAIL = 0.4;

  private final Map<SkillName, Skill> byName;
  private final List<Skill> offered;
  private final List<SkillProblem> problems;
  private volatile @Nullable TextIndex index;

  private SkillSnapshot(Map<SkillName, Skill> byName, List<SkillProblem> problems) {
    this.byName = byName;
    this.offered = byName.values().stream().filter(Skill::isOfferedToModels).toList();
    this.problems = List.copyOf(problems);
  }

  /// Of several skills with one name the first is served and the others are reported.
  static SkillSnapshot of(List<Skill> inOrder, List<SkillProblem> problems) {
    var byName = new LinkedHashMap<SkillName, Skill>();
    var all = new ArrayList<>(problems);
    for (Skill skill : inOrder) {
      Skill first = byName.putIfAbsent(skill.name(), skill);
      if (first != null) {
        all.add(shadowed(skill, first));
      }
    }
    return new SkillSnapshot(byName, all);
  }

  private static SkillProblem shadowed(Skill skill, Skill first) {
    boolean same = skill.sha256().equals(first.sha256());
    return new SkillProblem(
        same ? SkillProblem.Severity.NOTE : SkillProblem.Severity.WARNING,
        SkillProblem.Kind.SHADOWED,
        skill.location().shown(),
        "'%s' is %s of the one in %s, which is served"
            .formatted(
                skill.name(), same ? "a copy" : "another version", first.location().shown()));
  }

  /// The skills that are served, in the order of their roots and then of their paths.
  public List<Skill> skills() {
    return List.copyOf(byName.values());
  }

  /// Everything that was repaired, refused or shadowed.
  public List<SkillProblem> problems() {
    return problems;
  }

  /// The skill of a name; case, spaces and underscores do not matter.
  public Optional<Skill> find(String name) {
    return SkillName.normalize(name).map(byName::get);
  }

  /// The skills that an agent may choose by itself.
  public List<Skill> offered() {
    return offered;
  }

  /// The names most like a text, best first, for an error that helps.
  public List<SkillName> nearest(String text, int limit) {
    String wanted = SkillName.normalize(text).map(SkillName::value).orElse("");
    return byName.keySet().stream()
        .sorted(
            Comparator.<SkillName>comparingInt(name -> Nearness.distance(wanted, name.value()))
                .thenComparing(Comparator.naturalOrder()))
        .limit(limit)
        .toList();
  }

  /// Ranks the skills that an agent may choose by itself against a task in words.
  ///
  /// No skill fits if the best one covers less than [SkillSearchOutcome#THRESHOLD] of the query.
  ///
  /// @param query what the agent wants to do
  /// @param limit how many hits at most, at least 1
  public SkillSearchOutcome search(String query, int limit) {
    List<Hit> hits =
        index().search(query, Math.max(limit, NEAREST)).stream()
            .map(ranked -> new Hit(offered.get(ranked.document()), ranked.fit()))
            .toList();
    double top = hits.isEmpty() ? 0 : hits.getFirst().fit();
    if (top < SkillSearchOutcome.THRESHOLD) {
      return new SkillSearchOutcome.NoneFits(hits.stream().limit(NEAREST).toList());
    }
    return new SkillSearchOutcome.Hits(
        hits.stream().filter(hit -> hit.fit() >= TAIL * top).limit(limit).toList());
  }

  /// Built on the first search; two searches at once may both build it, to the same effect.
  private TextIndex index() {
    TextIndex built = index;
    if (built == null) {
      built = TextIndex.of(offered.stream().map(SkillSnapshot::document).toList());
      index = built;
    }
    return built;
  }

  private static TextIndex.Document document(Skill skill) {
    String occasion = skill.metadata().whenToUse().map(text -> "\n" + text).orElse("");
    return new TextIndex.Document(
        skill.name().value(), skill.description() + occasion, skill.body());
  }
}
