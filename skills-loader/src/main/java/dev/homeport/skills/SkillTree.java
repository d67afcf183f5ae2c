package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillRoots.OpenRoot;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The directories below the roots, and which of them are skills.
///
/// Directories are walked without following links: what a link inside a root leads to is found
/// where it is, and what it leads to outside is reported. So no loop of links can matter. Level by
/// level: skills that stand higher come first. Not thread-safe.
final class SkillTree {
  private static final long LOOK_LIMIT_SECONDS = 60;
  private static final int FEW = 64;

  /// A file that was found.
  ///
  /// @param location where
  /// @param info its size and time, the fingerprint by which a change is noticed
  record Found(SkillLocation location, FileInfo info) {}

  /// What was found.
  ///
  /// @param files everything, in order, as it was when all of it was last looked at
  /// @param touched what may have changed
  /// @param isWhole whether the files may be others, or in another order, than the last time
  record Result(
      List<Found> files, List<Found> touched, boolean isWhole, List<SkillProblem> problems) {
    static final Result NONE = new Result(List.of(), List.of(), true, List.of());

    /// Copies the lists.
    Result {
      files = List.copyOf(files);
      touched = List.copyOf(touched);
      problems = List.copyOf(problems);
    }
  }

  /// A directory of a root.
  record Place(Root root, WorkspacePath path) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place place
          && root.equals(place.root)
          && path.segments().equals(place.path.segments());
    }

    @Override
    public int hashCode() {
      return path.segments().hashCode();
    }
  }

  /// Where the roots begin, so that none is walked twice.
  ///
  /// @param names the last names of the paths, which are quickly compared
  private record Starts(Set<Path> paths, Set<String> names) {
    static Starts of(SkillRoots roots) {
      Set<Path> paths = roots.starts();
      return new Starts(
          paths,
          paths.stream()
              .map(path -> String.valueOf(path.getFileName()))
              .collect(Collectors.toSet()));
    }
  }

  private final SkillsConfig config;
  private Map<Place, SkillDirectory> directories = new HashMap<>();
  private Result last = Result.NONE;
  private long structure;

  SkillTree(SkillsConfig config) {
    this.config = config;
  }

  /// A tree as it was kept.
  ///
  /// @param kept handed over
  SkillTree(SkillsConfig config, Map<Place, SkillDirectory> kept) {
    this.config = config;
    this.directories = kept;
  }

  /// The directories that were last seen.
  Map<Place, SkillDirectory> directories() {
    return directories;
  }

  /// Grows whenever directories come or go.
  long structure() {
    return structure;
  }

  /// Looks at every directory, and lists again those whose times changed.
  Result refresh(SkillRoots roots) throws InterruptedException {
    return walk(roots, Optional.empty());
  }

  /// Looks at some directories only, and at what is new below them.
  Result refresh(SkillRoots roots, Set<Place> changed) throws InterruptedException {
    return changed.size() <= FEW && lookAlone(roots, changed)
        ? last
        : walk(roots, Optional.of(changed));
  }

  /// Whether a directory is found as it is known, seen as after an edit in it.
  boolean seesTheSame(SkillLocation location) throws InterruptedException {
    var place = new Place(location.root(), location.directory());
    SkillDirectory known = directories.get(place);
    if (known == null) {
      return false;
    }
    var alone = new SkillTree(config, new HashMap<>(Map.of(place, known)));
    Result seen = alone.refresh(SkillRoots.of(config), Set.of(place));
    return !seen.isWhole() && known.equals(alone.directories.get(place));
  }

  /// Looks at directories in which nothing but a `SKILL.md` was written, which is the most common
  /// change by far.
  ///
  /// @return whether that was all
  private boolean lookAlone(SkillRoots roots, Set<Place> changed) {
    var next = new HashMap<Place, SkillDirectory>();
    for (Place place : changed) {
      SkillDirectory before = directories.get(place);
      Optional<OpenRoot> root = roots.find(place.root());
      if (before == null || !before.mayBeKept() || !before.links().isEmpty() || root.isEmpty()) {
        return false;
      }
      var now = DirectoryListing.of(root.get(), place.path(), before.inSkill()).look(before);
      if (now.isEmpty() || !now.get().hasSameEntries(before)) {
        return false;
      }
      next.put(place, now.get());
    }
    var touched = new ArrayList<Found>();
    next.forEach((place, now) ->
        now.file()
            .ifPresent(file ->
                touched.add(
                    new Found(new SkillLocation(place.root(), place.path(), file.path()), file))));
    directories.putAll(next);
    last = new Result(last.files(), touched, false, last.problems());
    return true;
  }

  private Result walk(SkillRoots roots, Optional<Set<Place>> only) throws InterruptedException {
    var seen = new HashMap<Place, SkillDirectory>();
    var files = new ArrayList<Found>();
    var problems = new ArrayList<>(roots.problems());
    Starts starts = Starts.of(roots);
    for (OpenRoot root : roots.open()) {
      List<DirectoryListing> level = List.of(DirectoryListing.of(root, root.start(), false));
      int count = 0;
      var ignored = new IgnoredDirectories(root, ignoreRules(root, problems));
      for (int depth = 0; !level.isEmpty(); depth++) {
        count += level.size();
        if (count > config.maxDirectories()) {
          level = level.subList(0, level.size() - (count - config.maxDirectories()));
          problems.add(tooMany(root));
        }
        var next = new ArrayList<DirectoryListing>();
        for (Looked looked : look(root, level, only)) {
          seen.put(looked.place(), looked.directory());
          take(roots, root, looked.directory(), files, problems);
          below(ignored, looked, starts, next);
        }
        level =
            depth < SkillsConfig.MAX_DEPTH && count <= config.maxDirectories() ? next : List.of();
      }
      ignored.problem().ifPresent(problems::add);
    }
    structure += seen.keySet().equals(directories.keySet()) ? 0 : 1;
    directories = seen;
    last = new Result(files, files, true, problems);
    return last;
  }

  /// A directory that was looked at.
  private record Looked(DirectoryListing listing, Place place, SkillDirectory directory) {}

  private List<Looked> look(OpenRoot root, List<DirectoryListing> level, Optional<Set<Place>> only)
      throws InterruptedException {
    var all = new ArrayList<Looked>(level.size());
    for (Optional<Optional<Looked>> looked :
        Parallel.map(level, listing -> look(root, listing, only), LOOK_LIMIT_SECONDS)) {
      if (looked.isPresent() && looked.get().isPresent()) {
        all.add(looked.get().get());
      }
    }
    return all;
  }

  private Optional<Looked> look(
      OpenRoot root, DirectoryListing listing, Optional<Set<Place>> only) {
    var place = new Place(root.root(), listing.path());
    SkillDirectory known = directories.get(place);
    SkillDirectory before = known != null && known.inSkill() == listing.inSkill() ? known : null;
    boolean isKept =
        before != null && before.mayBeKept() && only.isPresent() && !only.get().contains(place);
    Optional<SkillDirectory> now = isKept ? Optional.ofNullable(before) : listing.look(before);
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(new Looked(listing, new Place(root.root(), now.get().path()), now.get()));
  }

  private static IgnoreRules ignoreRules(OpenRoot root, List<SkillProblem> problems) {
    try {
      return IgnoreRules.of(root);
    } catch (IOException failed) {
      problems.add(
          new SkillProblem(
              Severity.WARNING,
              Kind.UNREADABLE,
              root.root().shown(root.start()),
              "the rules by which git ignores files cannot be read"));
      return IgnoreRules.NONE;
    }
  }

  private static void below(
      IgnoredDirectories ignored, Looked looked, Starts starts, List<DirectoryListing> next) {
    SkillDirectory directory = looked.directory();
    for (String name : directory.subdirectories()) {
      DirectoryListing child =
          looked.listing().child(name, directory.inSkill() || directory.isSkill());
      boolean isOtherRoot = starts.names().contains(name) && starts.paths().contains(child.real());
      if (!isOtherRoot && !ignored.takes(child.path())) {
        next.add(child);
      }
    }
  }

  private static void take(
      SkillRoots roots,
      OpenRoot root,
      SkillDirectory directory,
      List<Found> files,
      List<SkillProblem> problems) {
    if (directory.file().isPresent()) {
      FileInfo info = directory.file().get();
      files.add(new Found(new SkillLocation(root.root(), directory.path(), info.path()), info));
    }
    directory
        .failure()
        .ifPresent(reason ->
            problems.add(
                new SkillProblem(
                    Severity.WARNING,
                    Kind.UNREADABLE,
                    root.root().shown(directory.path()),
                    reason)));
    for (String name : directory.links()) {
      var segments = new ArrayList<>(directory.path().segments());
      segments.add(name);
      boolean isSkillFile = DirectoryListing.FILE_NAMES.contains(name);
      roots.check(root, new WorkspacePath(segments), isSkillFile).ifPresent(problems::add);
    }
  }

  private SkillProblem tooMany(OpenRoot root) {
    return new SkillProblem(
        Severity.WARNING,
        Kind.LIMIT,
        root.root().shown(root.start()),
        "only the first " + config.maxDirectories() + " directories were read");
  }
}
