package dev.homeport.skills;

import dev.homeport.skills.SkillParser.Parsed;
import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillTree.Found;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The parsed files of all roots, read again only where size or time changed, and parsed again only
/// where the bytes did. Not thread-safe.
final class SkillFiles {
  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final long READ_LIMIT_SECONDS = 60;
  private static final int FEW = 64;

  /// What is known of one file.
  ///
  /// @param info the fingerprint at the time of reading
  /// @param settled whether the fingerprint will tell every later change
  /// @param sha256 the digest of its bytes; empty if they could not be read
  /// @param skill what is served
  /// @param isGood whether `skill` comes from a version of the file that was not broken
  /// @param problems what is wrong with the file as it is now
  record Entry(
      FileInfo info,
      boolean settled,
      String sha256,
      Optional<Skill> skill,
      boolean isGood,
      List<SkillProblem> problems) {
    Entry {
      problems = List.copyOf(problems);
    }

    boolean servesSame(@Nullable Entry other) {
      return other != null && problems.equals(other.problems) && skill.equals(other.skill);
    }

    private Entry seenAgain(FileInfo now) {
      return new Entry(
          now, DirectoryListing.isSettled(now.modified()), sha256, skill, isGood, problems);
    }
  }

  private final Map<SkillLocation, Entry> entries;
  private List<SkillLocation> order = List.of();

  /// What is known of the files in that order; null for one that could not be read in time.
  private final List<@Nullable Entry> ordered = new ArrayList<>();

  private List<SkillProblem> treeProblems = List.of();
  private int parsed;

  SkillFiles() {
    this(new HashMap<>());
  }

  /// Files as they were kept.
  ///
  /// @param kept handed over
  SkillFiles(Map<SkillLocation, Entry> kept) {
    entries = kept;
  }

  Map<SkillLocation, Entry> entries() {
    return entries;
  }

  /// How many files have been parsed so far.
  int parsed() {
    return parsed;
  }

  /// A skill that another version of it takes the place of.
  record Replaced(Skill before, Skill after) {}

  /// What an update changed.
  ///
  /// @param isAny whether anything is different now
  /// @param replaced all that is different, if that is nothing but skills which were replaced
  record Change(boolean isAny, Optional<List<Replaced>> replaced) {}

  /// Brings everything up to date with what was found.
  Change update(SkillTree.Result found) throws InterruptedException {
    var changed = new ArrayList<Found>();
    for (Found file : found.touched()) {
      if (isChanged(file)) {
        changed.add(file);
      }
    }
    Map<SkillLocation, Entry> read = readAll(changed);
    List<SkillLocation> nextOrder = found.isWhole() ? locations(found.files()) : order;
    boolean sameOrder = !found.isWhole() || nextOrder.equals(order);
    boolean different =
        !sameOrder
            || !found.problems().equals(treeProblems)
            || read.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().servesSame(entries.get(entry.getKey())));
    boolean isSmall = sameOrder && read.size() <= FEW;
    Optional<List<Replaced>> replaced =
        isSmall && different && found.problems().equals(treeProblems)
            ? replaced(read)
            : Optional.empty();
    if (isSmall) {
      read.forEach((location, entry) -> ordered.set(index(location), entry));
    }
    entries.putAll(read);
    if (!isSmall) {
      ordered.clear();
      nextOrder.forEach(location -> ordered.add(entries.get(location)));
    }
    if (!sameOrder && entries.size() != ordered.size() - Collections.frequency(ordered, null)) {
      entries.keySet().retainAll(new HashSet<>(nextOrder));
    }
    order = nextOrder;
    treeProblems = found.problems();
    return new Change(different, replaced);
  }

  private static List<SkillLocation> locations(List<Found> files) {
    var locations = new ArrayList<SkillLocation>(files.size());
    for (Found file : files) {
      locations.add(file.location());
    }
    return locations;
  }

  /// Finds the entry itself, which is quicker than comparing locations.
  @SuppressWarnings("ReferenceEquality") // the very object is looked for
  private int index(SkillLocation location) {
    Entry known = entries.get(location);
    for (int i = 0; known != null && i < ordered.size(); i++) {
      if (ordered.get(i) == known) {
        return i;
      }
    }
    return order.indexOf(location);
  }

  /// The skills that differ; empty if there is more to it.
  private Optional<List<Replaced>> replaced(Map<SkillLocation, Entry> read) {
    var replaced = new ArrayList<Replaced>();
    for (Map.Entry<SkillLocation, Entry> change : read.entrySet()) {
      Entry before = entries.get(change.getKey());
      Entry after = change.getValue();
      if (after.servesSame(before)) {
        continue;
      }
      if (before == null
          || !before.problems().equals(after.problems())
          || before.skill().isEmpty()
          || after.skill().isEmpty()) {
        return Optional.empty();
      }
      replaced.add(new Replaced(before.skill().get(), after.skill().get()));
    }
    return Optional.of(replaced);
  }

  private boolean isChanged(Found file) {
    Entry known = entries.get(file.location());
    return known == null
        || !known.settled()
        || known.info().bytes() != file.info().bytes()
        || !known.info().modified().equals(file.info().modified());
  }

  /// What a disk is too slow to give within the limit is missing, and read next time.
  private Map<SkillLocation, Entry> readAll(List<Found> files) throws InterruptedException {
    var workspaces = new ConcurrentHashMap<Path, Workspace>();
    List<Optional<Entry>> results =
        Parallel.map(files, file -> read(file, workspaces), READ_LIMIT_SECONDS);
    var read = new HashMap<SkillLocation, Entry>();
    for (int i = 0; i < files.size(); i++) {
      SkillLocation location = files.get(i).location();
      if (results.get(i).isPresent()) {
        Entry entry = results.get(i).get();
        read.put(location, entry);
        parsed += entry.sha256().equals(digest(entries.get(location))) ? 0 : 1;
      }
    }
    return read;
  }

  private static String digest(@Nullable Entry entry) {
    return entry == null ? "" : entry.sha256();
  }

  private Entry read(Found file, Map<Path, Workspace> workspaces) {
    Entry before = entries.get(file.location());
    byte[] bytes;
    try {
      bytes = bytes(file, workspaces);
    } catch (IOException e) {
      String reason = SkillRoots.reason(e);
      var problems = List.of(problem(file, Kind.UNREADABLE, reason));
      return entry(file, "", new Parsed(Optional.empty(), problems), before);
    }
    String sha256 = Sha256.hex(bytes);
    return before != null && before.sha256().equals(sha256)
        ? before.seenAgain(file.info())
        : entry(file, sha256, SkillParser.parse(file.location(), bytes), before);
  }

  /// Whether a file that was read still has the same bytes.
  boolean readsTheSame(SkillLocation location) {
    Entry known = entries.get(location);
    return known != null
        && read(new Found(location, known.info()), new ConcurrentHashMap<>())
            .sha256()
            .equals(known.sha256());
  }

  private static byte[] bytes(Found file, Map<Path, Workspace> workspaces) throws IOException {
    Path base = file.location().root().base();
    Workspace workspace = workspaces.get(base);
    if (workspace == null) {
      workspace = Workspace.open(base);
      workspaces.put(base, workspace);
    }
    return workspace.read(file.location().file(), MAX_FILE_BYTES);
  }

  private static Entry entry(Found file, String sha256, Parsed parsed, @Nullable Entry before) {
    boolean settled = DirectoryListing.isSettled(file.info().modified());
    if (parsed.isBroken() && before != null && before.isGood()) {
      var problems = new ArrayList<>(parsed.problems());
      problems.add(
          problem(
              file, Kind.BROKEN_EDIT, "the last edit broke it; its last good version is served"));
      return new Entry(file.info(), settled, sha256, before.skill(), true, problems);
    }
    return new Entry(
        file.info(), settled, sha256, parsed.skill(), !parsed.isBroken(), parsed.problems());
  }

  private static SkillProblem problem(Found file, Kind kind, String message) {
    SkillLocation location = file.location();
    return new SkillProblem(Severity.ERROR, kind, location.root().shown(location.file()), message);
  }

  /// Where they stand, in order.
  List<SkillLocation> order() {
    return order;
  }

  List<Skill> skills() {
    var skills = new ArrayList<Skill>(ordered.size());
    for (Entry entry : ordered) {
      if (entry != null && entry.skill().isPresent()) {
        skills.add(entry.skill().get());
      }
    }
    return skills;
  }

  List<SkillProblem> problems() {
    var problems = new ArrayList<>(treeProblems);
    for (Entry entry : ordered) {
      if (entry != null) {
        problems.addAll(entry.problems());
      }
    }
    return problems;
  }
}
