package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The roots that exist, and where links in them lead. Not thread-safe.
final class SkillRoots {
  /// A root that exists, with the way into it free of links.
  ///
  /// @param ignoreFiles where git's rules for it may stand
  record OpenRoot(
      Root root, Workspace workspace, WorkspacePath start, List<WorkspacePath> ignoreFiles) {
    /// A path of the host.
    Path real(WorkspacePath path) {
      return workspace.root().resolve(path.isRoot() ? "" : path.toString());
    }
  }

  private final List<OpenRoot> open = new ArrayList<>();
  private final List<SkillProblem> problems = new ArrayList<>();

  /// Looks which roots of a configuration are there now. A root that is, or lies in, an earlier one
  /// is left out: its skills are found there.
  static SkillRoots of(SkillsConfig config) {
    var roots = new SkillRoots();
    roots.problems.addAll(config.problems());
    for (Root root : config.roots()) {
      roots
          .open(root)
          .filter(found -> !roots.covers(found.real(found.start())))
          .ifPresent(roots.open::add);
    }
    return roots;
  }

  private boolean covers(Path directory) {
    return open.stream().anyMatch(root -> directory.startsWith(root.real(root.start())));
  }

  List<OpenRoot> open() {
    return List.copyOf(open);
  }

  /// An open root; empty if it is not there now.
  Optional<OpenRoot> find(Root wanted) {
    return open.stream().filter(root -> root.root().equals(wanted)).findFirst();
  }

  /// Where they begin, as paths of the host.
  Set<Path> starts() {
    return open.stream().map(root -> root.real(root.start())).collect(Collectors.toSet());
  }

  /// What tells that roots, or what git ignores in them, are others than before.
  Set<Object> stamp() {
    var stamp = new HashSet<Object>(starts());
    stamp.addAll(problems);
    for (OpenRoot root : open) {
      for (WorkspacePath file : root.ignoreFiles()) {
        try {
          root.workspace().stat(file).ifPresent(info -> stamp.add(List.of(root.root(), info)));
        } catch (IOException unreadable) {
          stamp.add(file);
        }
      }
    }
    return stamp;
  }

  /// What is wrong with the roots themselves.
  List<SkillProblem> problems() {
    return List.copyOf(problems);
  }

  private Optional<OpenRoot> open(Root root) {
    Path start = root.base().resolve(String.join("/", root.directory().segments()));
    try {
      if (!isThere(root, root.base()) || !isThere(root, start)) {
        return Optional.empty();
      }
      Workspace workspace = Workspace.open(root.base());
      Optional<WorkspacePath> inside = inside(workspace, workspace.root(), start);
      if (inside.isEmpty()) {
        report(
            root,
            Severity.WARNING,
            Kind.LINK,
            "it is a link that leads out of " + root.shown(WorkspacePath.ROOT));
      }
      if (inside.isEmpty()) {
        return Optional.empty();
      }
      List<WorkspacePath> ignoreFiles = IgnoreRules.files(root, workspace, inside.get());
      return Optional.of(new OpenRoot(root, workspace, inside.get(), ignoreFiles));
    } catch (IOException e) {
      report(root, Severity.ERROR, Kind.UNREADABLE, reason(e));
      return Optional.empty();
    }
  }

  /// Whether there is a directory. Nothing at all may become one later; anything else is reported.
  private boolean isThere(Root root, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return true;
    }
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      report(root, Severity.WARNING, Kind.UNREADABLE, "it is no directory, so it holds no skills");
    } catch (NoSuchFileException missing) {
      fileInTheWay(root, path)
          .ifPresent(name ->
              report(
                  root,
                  Severity.WARNING,
                  Kind.UNREADABLE,
                  name + " on the way there is no directory"));
    }
    return false;
  }

  /// The name of a file that stands where a directory would have to be.
  private static Optional<Path> fileInTheWay(Root root, Path path) {
    Path above = path.getParent();
    while (above != null && above.startsWith(root.base()) && !Files.exists(above)) {
      above = above.getParent();
    }
    return Optional.ofNullable(above)
        .filter(found -> found.startsWith(root.base()) && !Files.isDirectory(found))
        .map(Path::getFileName);
  }

  private void report(Root root, Severity severity, Kind kind, String message) {
    problems.add(new SkillProblem(severity, kind, root.shown(root.directory()), message));
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

  /// Where a link leads to inside its root; empty if elsewhere or nowhere.
  static Optional<WorkspacePath> target(OpenRoot root, WorkspacePath link) {
    return inside(root.workspace(), root.real(root.start()), root.real(link));
  }

  /// What is wrong with a link, if anything.
  Optional<SkillProblem> check(OpenRoot root, WorkspacePath path, boolean isSkillFile) {
    Path link = root.real(path);
    String shown = root.root().shown(path);
    if (!Files.exists(link)) {
      String message = "the link leads nowhere or in a circle";
      return Optional.of(new SkillProblem(Severity.NOTE, Kind.LINK, shown, message));
    }
    if (isSkillFile ? target(root, path).isEmpty() : leadsOut(link)) {
      String message =
          "the link leads out of its skill root and is not followed; "
              + "copy the skill, or add its directory as a root";
      return Optional.of(new SkillProblem(Severity.WARNING, Kind.LINK, shown, message));
    }
    return Optional.empty();
  }

  /// Whether a link leads to a directory that no root covers.
  private boolean leadsOut(Path link) {
    return Files.isDirectory(link)
        && open.stream()
            .allMatch(root -> inside(root.workspace(), root.real(root.start()), link).isEmpty());
  }

  /// Why something cannot be read, without a path of the host.
  static String reason(IOException e) {
    return switch (e) {
      case WorkspaceException told -> String.valueOf(told.getMessage());
      case AccessDeniedException _ ->
          "permission denied: give the user who runs Homeport the right to read it";
      case FileSystemException told when told.getReason() != null ->
          "the file system failed to read it: " + told.getReason();
      default -> "the file system failed to read it";
    };
  }
}
