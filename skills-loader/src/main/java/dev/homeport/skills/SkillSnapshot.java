package dev.homeport.skills;

import dev.homeport.skills.SkillFiles.Replaced;
import dev.homeport.skills.SkillSearchOutcome.Hit;
import dev.homeport.skills.text.Nearness;
import dev.homeport.skills.text.TextIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All skills as they stood at one moment. Immutable and thread-safe.
public final class SkillSnapshot {
  /// A snapshot without skills.
  static final SkillSnapshot EMPTY =
      of(List.of(), List.of(), List.of(), new SkillIndex(SkillIndex.Indexed.NONE));

  /// How many names an error offers instead of one that does not exist.
  static final int NEAREST = 3;

  /// A hit is dropped if it fits less than this share of the best one.
  private static final double TAIL = 0.1;

  /// Where each name stands in `served`.
  private final Map<SkillName, Integer> positions;

  private final List<Skill> served;
  private final List<Skill> loaded;
  private final List<SkillLocation> files;
  private final List<Skill> offered;
  private final List<SkillProblem> problems;
  private final SkillIndex indexed;
  private volatile @Nullable TextIndex index;

  private SkillSnapshot(
      Map<SkillName, Integer> positions,
      Skills skills,
      List<SkillLocation> files,
      List<SkillProblem> problems,
      SkillIndex indexed) {
    this.positions = positions;
    this.served = skills.served();
    this.loaded = skills.loaded();
    this.offered = skills.offered();
    this.files = files;
    this.problems = problems;
    this.indexed = indexed;
  }

  /// The same skills as seen from three sides.
  private record Skills(List<Skill> served, List<Skill> loaded, List<Skill> offered) {}

  /// Of several skills with one name the first is served and the others are reported.
  ///
  /// @param files where a `SKILL.md` was found
  /// @param indexed where what is searched is kept from one snapshot to the next
  static SkillSnapshot of(
      List<SkillLocation> files,
      List<Skill> inOrder,
      List<SkillProblem> problems,
      SkillIndex indexed) {
    var positions = HashMap.<SkillName, Integer>newHashMap(inOrder.size());
    var served = new ArrayList<Skill>(inOrder.size());
    var all = new ArrayList<>(problems);
    for (Skill skill : inOrder) {
      Integer first = positions.putIfAbsent(skill.name(), served.size());
      if (first == null) {
        served.add(skill);
      } else {
        all.add(shadowed(skill, served.get(first)));
      }
    }
    var offered = new ArrayList<Skill>(served.size());
    for (Skill skill : served) {
      if (skill.isOfferedToModels()) {
        offered.add(skill);
      }
    }
    return new SkillSnapshot(
        positions,
        new Skills(List.copyOf(served), List.copyOf(inOrder), List.copyOf(offered)),
        List.copyOf(files),
        List.copyOf(all),
        indexed);
  }

  /// The same with other versions of some skills: what an edit of a few among thousands makes.
  ///
  /// @return empty if more than that would be different
  Optional<SkillSnapshot> with(List<Replaced> replaced) {
    if (loaded.size() != served.size() || !replaced.stream().allMatch(this::keepsItsPlace)) {
      return Optional.empty();
    }
    var next =
        new SkillSnapshot(
            positions,
            new Skills(
                replaced(served, replaced),
                replaced(loaded, replaced),
                replaced(offered, replaced)),
            files,
            problems,
            indexed);
    TextIndex built = index;
    if (built != null) {
      next.index = indexed.with(built, offered, replaced).orElse(null);
    }
    return Optional.of(next);
  }

  private boolean keepsItsPlace(Replaced replaced) {
    return SkillIndex.position(served, replaced.before()) >= 0
        && replaced.before().name().equals(replaced.after().name())
        && replaced.before().isOfferedToModels() == replaced.after().isOfferedToModels();
  }

  private static List<Skill> replaced(List<Skill> skills, List<Replaced> replaced) {
    Skill[] all = skills.toArray(Skill[]::new);
    for (Replaced one : replaced) {
      int at = SkillIndex.position(skills, one.before());
      if (at >= 0) {
        all[at] = one.after();
      }
    }
    return Collections.unmodifiableList(Arrays.asList(all));
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
    return served;
  }

  /// All that could be read, also those that another one of the same name shadows.
  public List<Skill> loaded() {
    return loaded;
  }

  /// Where a `SKILL.md` was found, whether it could be read or not.
  public List<SkillLocation> files() {
    return files;
  }

  /// Everything that was repaired, refused or shadowed.
  public List<SkillProblem> problems() {
    return problems;
  }

  /// What could not be read at all, so that there may be more skills than these.
  public List<SkillProblem> unreadable() {
    return problems.stream()
        .filter(problem -> problem.kind() == SkillProblem.Kind.UNREADABLE)
        .toList();
  }

  /// The skill of a name; case, spaces and underscores do not matter.
  public Optional<Skill> find(String name) {
    return SkillName.normalize(name).map(positions::get).map(served::get);
  }

  /// The skills that an agent may choose by itself.
  public List<Skill> offered() {
    return offered;
  }

  /// The names most like a text, best first, for an error that helps.
  public List<SkillName> nearest(String text, int limit) {
    String wanted = SkillName.normalize(text).map(SkillName::value).orElse("");
    return positions.keySet().stream()
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
  public SkillSearchOutcome search(String query, int limit) throws InterruptedException {
    List<Hit> hits =
        index().search(query, Math.max(limit, NEAREST), this::head).stream()
            .map(ranked -> new Hit(offered.get(ranked.document()), ranked.fit()))
            .toList();
    double top = hits.isEmpty() ? 0 : hits.getFirst().fit();
    if (top < SkillSearchOutcome.THRESHOLD) {
      return new SkillSearchOutcome.NoneFits(hits.stream().limit(limit).toList());
    }
    return new SkillSearchOutcome.Hits(
        hits.stream().filter(hit -> hit.fit() >= TAIL * top).limit(limit).toList());
  }

  /// What is shown of a skill before it is loaded.
  private List<String> head(int number) {
    Skill skill = offered.get(number);
    return List.of(
        skill.name().value(), skill.description(), skill.metadata().whenToUse().orElse(""));
  }

  /// Builds what a search needs, so that none has to wait for it.
  void prepare() throws InterruptedException {
    index();
  }

  /// Built on the first search; two searches at once may both build it, to the same effect.
  private TextIndex index() throws InterruptedException {
    TextIndex built = index;
    if (built == null) {
      built = indexed.of(offered);
      index = built;
    }
    return built;
  }
}
