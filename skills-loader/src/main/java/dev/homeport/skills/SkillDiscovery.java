package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the `SKILL.md` files below the roots.
///
/// Directories are walked without following links: what a link inside a root leads to is found
/// where it is, and what it leads to outside is reported. So no loop of links can matter. One
/// discovery runs once; not thread-safe.
final class SkillDiscovery {
  /// The file names of a skill, the preferred one first.
  private static final List<String> FILE_NAMES = List.of("SKILL.md", "skill.md");

  private static final Set<String> SKIPPED = Set.of(".git", "node_modules");

  /// What a skill brings along; a `SKILL.md` in there is material, not a skill.
  private static final Set<String> MATERIAL = Set.of("scripts", "references", "assets", "evals");

  private static final Comparator<Found> SHALLOW_FIRST =
      Comparator.comparingInt((Found found) -> found.location().directory().segments().size())
          .thenComparing(found -> found.location().directory());

  /// A file that was found.
  ///
  /// @param location where
  /// @param info its size and time, the fingerprint by which a change is noticed
  record Found(SkillLocation location, FileInfo info) {}

  /// What was found.
  record Result(List<Found> files, List<SkillProblem> problems) {
    /// Copies the lists.
    Result {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  /// A root that exists, with the way into it free of links.
  private record OpenRoot(Root root, Workspace workspace, WorkspacePath start) {
    Path real(WorkspacePath path) {
      return workspace.root().resolve(path.isRoot() ? "" : path.toString());
    }
  }

  private final SkillsConfig config;
  private final List<OpenRoot> roots = new ArrayList<>();
  private final Set<Path> visited = new HashSet<>();
  private final List<Found> files = new ArrayList<>();
  private final List<SkillProblem> problems = new ArrayList<>();
  private int directories;

  private SkillDiscovery(SkillsConfig config) {
    this.config = config;
  }

  /// Looks through all roots now.
  static Result run(SkillsConfig config) {
    var discovery = new SkillDiscovery(config);
    for (Root root : config.roots()) {
      discovery.open(root).ifPresent(discovery.roots::add);
    }
    for (OpenRoot root : discovery.roots) {
      discovery.directories = 0;
      int before = discovery.files.size();
      discovery.walk(root, root.start(), 0, false);
      discovery.files.subList(before, discovery.files.size()).sort(SHALLOW_FIRST);
    }
    return new Result(discovery.files, discovery.problems);
  }

  private Optional<OpenRoot> open(Root root) {
    if (!Files.isDirectory(root.base())) {
      return Optional.empty();
    }
    try {
      Workspace workspace = Workspace.open(root.base());
      Path start = root.base().resolve(String.join("/", root.directory().segments()));
      if (!Files.isDirectory(start)) {
        return Optional.empty();
      }
      Optional<WorkspacePath> inside = inside(workspace, workspace.root(), start);
      if (inside.isEmpty()) {
        report(
            root,
            root.directory(),
            Severity.WARNING,
            Kind.LINK,
            "it is a link that leads out of " + root.shown(WorkspacePath.ROOT));
      }
      return inside.map(path -> new OpenRoot(root, workspace, path));
    } catch (IOException e) {
      report(root, root.directory(), Severity.ERROR, Kind.UNREADABLE, reason(e));
      return Optional.empty();
    }
  }

  /// Where a path of the host really lies below a directory; empty if elsewhere or nowhere.
  private static Optional<WorkspacePath> inside(Workspace workspace, Path below, Path path) {
    try {
      Path real = path.toRealPath();
      return real.startsWith(below)
          ? Optional.of(WorkspacePath.parse(workspace.root().relativize(real).toString()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void walk(OpenRoot root, WorkspacePath directory, int depth, boolean inSkill) {
    if (!visited.add(root.real(directory))) {
      return;
    }
    if (++directories > config.maxDirectories()) {
      if (directories == config.maxDirectories() + 1) {
        String message = "only the first " + config.maxDirectories() + " directories were read";
        report(root.root(), root.start(), Severity.WARNING, Kind.LIMIT, message);
      }
      return;
    }
    List<FileInfo> entries;
    boolean isSkill;
    try {
      entries = root.workspace().list(directory);
      isSkill = take(root, directory, entries);
    } catch (IOException e) {
      report(root.root(), directory, Severity.WARNING, Kind.UNREADABLE, reason(e));
      return;
    }
    for (FileInfo entry : entries) {
      enter(root, entry, depth, inSkill || isSkill);
    }
  }

  private void enter(OpenRoot root, FileInfo entry, int depth, boolean inSkill) {
    String name = entry.path().name();
    if (SKIPPED.contains(name) || (inSkill && MATERIAL.contains(name))) {
      return;
    }
    switch (entry.kind()) {
      case DIRECTORY -> {
        if (depth < SkillsConfig.MAX_DEPTH) {
          walk(root, entry.path(), depth + 1, inSkill);
        }
      }
      case LINK -> checkLink(root, entry.path());
      case FILE, SPECIAL -> {}
    }
  }

  /// Takes the skill that a directory is, if it is one.
  private boolean take(OpenRoot root, WorkspacePath directory, List<FileInfo> entries)
      throws IOException {
    for (String name : FILE_NAMES) {
      for (FileInfo entry : entries) {
        if (entry.path().name().equals(name)) {
          Optional<FileInfo> file = entry.isFile() ? Optional.of(entry) : linked(root, entry);
          file.ifPresent(info ->
              files.add(new Found(new SkillLocation(root.root(), directory, info.path()), info)));
          return file.isPresent();
        }
      }
    }
    return false;
  }

  /// The file that a `SKILL.md` which is a link stands for.
  private Optional<FileInfo> linked(OpenRoot root, FileInfo entry) throws IOException {
    Optional<WorkspacePath> target =
        entry.kind() == FileInfo.Kind.LINK ? target(root, entry.path()) : Optional.empty();
    return target.isEmpty()
        ? Optional.empty()
        : root.workspace().stat(target.get()).filter(FileInfo::isFile);
  }

  private static Optional<WorkspacePath> target(OpenRoot root, WorkspacePath link) {
    return inside(root.workspace(), root.real(root.start()), root.real(link));
  }

  private void checkLink(OpenRoot root, WorkspacePath path) {
    Path link = root.real(path);
    boolean isSkillFile = FILE_NAMES.contains(path.name());
    if (!Files.exists(link)) {
      report(root.root(), path, Severity.NOTE, Kind.LINK, "the link leads nowhere or in a circle");
    } else if (isSkillFile ? target(root, path).isEmpty() : leadsOut(link)) {
      String message =
          "the link leads out of its skill root and is not followed; "
              + "copy the skill, or add its directory as a root";
      report(root.root(), path, Severity.WARNING, Kind.LINK, message);
    }
  }

  /// Whether a link leads to a directory that no root covers.
  private boolean leadsOut(Path link) {
    return Files.isDirectory(link)
        && roots.stream()
            .allMatch(root -> inside(root.workspace(), root.real(root.start()), link).isEmpty());
  }

  /// Why something cannot be read; only the workspace's own words are free of paths of the host.
  static String reason(IOException e) {
    return e instanceof WorkspaceException
        ? String.valueOf(e.getMessage())
        : "the file system failed to read it";
  }

  private void report(Root root, WorkspacePath path, Severity severity, Kind kind, String message) {
    problems.add(new SkillProblem(severity, kind, root.shown(path), message));
  }
}
