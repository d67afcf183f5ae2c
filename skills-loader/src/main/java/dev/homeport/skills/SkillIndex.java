package dev.homeport.skills;

import dev.homeport.skills.SkillFiles.Replaced;
import dev.homeport.skills.text.IndexSegment;
import dev.homeport.skills.text.TextIndex;
import dev.homeport.skills.text.TextIndex.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What is indexed of the skills so far: most in one large segment, what changed since in a small
/// one. Thread-safe.
final class SkillIndex {
  private static final int CHUNK = 128;
  private static final int MOST_CHANGED = 256;

  /// So many edits have a segment of their own before they are put into one.
  private static final int MOST_RECENT = 16;

  private static final long BUILD_LIMIT_SECONDS = 300;

  /// A segment and the skills that its documents are.
  record Indexed(IndexSegment segment, List<Skill> skills) {
    static final Indexed NONE = new Indexed(IndexSegment.EMPTY, List.of());

    Indexed {
      skills = List.copyOf(skills);
    }
  }

  private final ReentrantLock building = new ReentrantLock();
  private Indexed base;
  private Indexed changed = Indexed.NONE;

  /// What changed after that, one edit each.
  private final List<Indexed> recent = new ArrayList<>();

  private final Set<Skill> known = new HashSet<>();

  /// @param base what was indexed before
  SkillIndex(Indexed base) {
    this.base = base;
  }

  /// An index of these skills; only those that are new are read.
  TextIndex of(List<Skill> offered) throws InterruptedException {
    building.lockInterruptibly();
    try {
      Map<Skill, Integer> numbers = numbers(offered);
      List<Skill> missing = offered.stream().filter(skill -> !known().contains(skill)).toList();
      if (!missing.isEmpty()) {
        add(missing, numbers);
      }
      return TextIndex.of(
          offered.size(), all().stream().map(indexed -> part(indexed, numbers)).toList());
    } finally {
      building.unlock();
    }
  }

  /// Filled when it is first asked for, which the first look at a catalog does not wait for.
  private Set<Skill> known() {
    if (known.isEmpty()) {
      known.addAll(base.skills());
    }
    return known;
  }

  private List<Indexed> all() {
    var all = new ArrayList<>(List.of(base, changed));
    all.addAll(recent);
    return all;
  }

  /// An index in which some skills are replaced, made without a look at the others.
  ///
  /// @param offered the skills of `before`
  /// @return empty if it is time to build it anew
  Optional<TextIndex> with(TextIndex before, List<Skill> offered, List<Replaced> replaced) {
    building.lock();
    try {
      List<Replaced> searched =
          replaced.stream().filter(one -> position(offered, one.before()) >= 0).toList();
      List<Skill> skills = searched.stream().map(Replaced::after).toList();
      if (recent.size() >= MOST_RECENT || skills.stream().anyMatch(known()::contains)) {
        return Optional.empty();
      }
      if (skills.isEmpty()) {
        return Optional.of(before);
      }
      Indexed added = indexed(skills);
      recent.add(added);
      known.addAll(skills);
      int[] documents =
          searched.stream().mapToInt(one -> position(offered, one.before())).toArray();
      return Optional.of(before.with(documents, added.segment()));
    } finally {
      building.unlock();
    }
  }

  /// Where that very skill stands; -1 if nowhere.
  @SuppressWarnings("ReferenceEquality") // the very object is looked for
  static int position(List<Skill> skills, Skill skill) {
    for (int i = 0; i < skills.size(); i++) {
      if (skills.get(i) == skill) {
        return i;
      }
    }
    return -1;
  }

  private void add(List<Skill> missing, Map<Skill, Integer> numbers) throws InterruptedException {
    var small = new ArrayList<Skill>();
    all().stream().skip(1).flatMap(indexed -> indexed.skills().stream()).forEach(small::add);
    small.removeIf(skill -> !numbers.containsKey(skill));
    small.addAll(missing);
    if (small.size() <= MOST_CHANGED && !base.skills().isEmpty()) {
      changed = indexed(small);
      recent.clear();
      known.clear();
      known.addAll(base.skills());
      known.addAll(small);
      return;
    }
    var chunks = new ArrayList<List<Skill>>();
    for (int from = 0; from < missing.size(); from += CHUNK) {
      chunks.add(missing.subList(from, Math.min(from + CHUNK, missing.size())));
    }
    List<Indexed> all = all();
    for (Optional<Indexed> chunk : Parallel.map(chunks, SkillIndex::indexed, BUILD_LIMIT_SECONDS)) {
      all.add(chunk.orElse(Indexed.NONE));
    }
    merge(all, numbers);
  }

  /// Makes one segment of all, without the skills that are not offered any more.
  private void merge(List<Indexed> all, Map<Skill, Integer> numbers) {
    var skills = new ArrayList<Skill>();
    var parts = new ArrayList<Part>();
    for (Indexed indexed : all) {
      int[] ascending = new int[indexed.skills().size()];
      for (int i = 0; i < ascending.length; i++) {
        Skill skill = indexed.skills().get(i);
        ascending[i] = numbers.containsKey(skill) ? skills.size() : -1;
        if (ascending[i] >= 0) {
          skills.add(skill);
        }
      }
      parts.add(new Part(indexed.segment(), ascending));
    }
    base = new Indexed(TextIndex.merge(skills.size(), parts), skills);
    changed = Indexed.NONE;
    recent.clear();
    known.clear();
    known.addAll(skills);
  }

  /// Everything about these skills as one segment, to be kept.
  Indexed merged(List<Skill> offered) throws InterruptedException {
    of(offered);
    building.lockInterruptibly();
    try {
      boolean isOne = changed.skills().isEmpty() && recent.isEmpty();
      if (!isOne || base.skills().size() > offered.size()) {
        merge(all(), numbers(offered));
      }
      return base;
    } finally {
      building.unlock();
    }
  }

  /// Takes the same from another place in memory.
  void moveTo(Indexed same) throws InterruptedException {
    building.lockInterruptibly();
    try {
      if (base.skills().equals(same.skills())) {
        base = same;
      }
    } finally {
      building.unlock();
    }
  }

  private static Map<Skill, Integer> numbers(List<Skill> skills) {
    var numbers = HashMap.<Skill, Integer>newHashMap(skills.size());
    for (int i = 0; i < skills.size(); i++) {
      numbers.put(skills.get(i), i);
    }
    return numbers;
  }

  private static Part part(Indexed indexed, Map<Skill, Integer> numbers) {
    int[] known = new int[indexed.skills().size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = numbers.getOrDefault(indexed.skills().get(i), -1);
    }
    return new Part(indexed.segment(), known);
  }

  /// A segment of these skills alone.
  static Indexed indexed(List<Skill> skills) {
    return new Indexed(IndexSegment.of(skills.stream().map(SkillIndex::document).toList()), skills);
  }

  private static TextIndex.Document document(Skill skill) {
    String occasion = skill.metadata().whenToUse().map(text -> "\n" + text).orElse("");
    return new TextIndex.Document(
        skill.name().value(), skill.description() + occasion, skill.body());
  }
}
