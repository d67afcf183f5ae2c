package dev.homeport.claude;

import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.workspace.PathGlob;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the instructions that agents are given as files: `CLAUDE.md`, `AGENTS.md` and
/// `.claude/rules`.
///
/// They are read in the order managed, user, then from the root of the workspace down to the
/// working directory: project, rules, local. Each file is followed by what it imports with `@path`;
/// every file appears once. HTML comments on lines of their own are left out. Links are followed to
/// where reading is allowed, and nowhere else. Thread-safe.
public final class ClaudeResolver {
  /// How many imports deep files are loaded.
  public static final int MAX_DEPTH = 4;

  /// The most bytes of one file; a larger one is skipped.
  public static final int MAX_BYTES = 4 << 20;

  /// The characters after which no more files are loaded.
  public static final int MAX_TOTAL = 16 << 20;

  private final Workspace workspace;
  private final ClaudeRoots roots;
  private final ApprovedImports approved;

  private ClaudeResolver(Workspace workspace, ClaudeRoots roots, ApprovedImports approved) {
    this.workspace = workspace;
    this.roots = roots;
    this.approved = approved;
  }

  /// The instructions of a workspace, and those of these roots outside of it.
  public static ClaudeResolver of(Workspace workspace, ClaudeRoots roots) {
    return of(workspace, roots, ApprovedImports.NONE);
  }

  /// The instructions of a workspace, and those of these roots outside of it.
  ///
  /// @param approved what may be imported from elsewhere
  public static ClaudeResolver of(
      Workspace workspace, ClaudeRoots roots, ApprovedImports approved) {
    return new ClaudeResolver(workspace, roots, approved);
  }

  /// The instructions that hold in a directory of the workspace, in full.
  public ClaudeMemory resolve(WorkspacePath directory) throws IOException {
    return resolve(directory, List.of());
  }

  /// The instructions that hold in a directory and for files that are worked on, in full: those of
  /// the directories of the files as well, and the rules whose globs fit one of them.
  ///
  /// @param touched files of the workspace, which need not exist
  public ClaudeMemory resolve(WorkspacePath directory, Collection<WorkspacePath> touched)
      throws IOException {
    var collected = new Collected();
    List<ReadableRoot> everywhere = new ArrayList<>();
    everywhere.add(new ReadableRoot(workspace, workspace.root(), "", null));
    everywhere.addAll(ReadableRoot.of(approved, roots.home(), workspace.root()));

    if (roots.managedFile().isPresent()) {
      Path managed = roots.managedFile().get();
      loader(Scope.MANAGED, managed.resolveSibling(""), "managed/", everywhere, collected)
          .loadOutside(managed);
    }
    for (Path user : roots.userDirectories()) {
      OutsideLoader loader = loader(Scope.USER, user, "~/.claude/", everywhere, collected);
      loader.loadOutside(user.resolve("CLAUDE.md"));
      loader.loadRules(user.resolve("rules"), touched);
    }
    var project = new PieceLoader(Scope.PROJECT, everywhere, roots.home(), collected);
    for (WorkspacePath level : levels(directory, touched)) {
      loadLevel(project, level, touched);
    }
    return collected.result();
  }

  /// The directories from the root down to the working directory, then those down to the files.
  private static Set<WorkspacePath> levels(
      WorkspacePath directory, Collection<WorkspacePath> touched) {
    Set<WorkspacePath> levels = new LinkedHashSet<>();
    var ends = new ArrayList<>(List.of(directory));
    touched.forEach(file -> ends.add(file.parent()));
    for (WorkspacePath end : ends) {
      for (int depth = 0; depth <= end.segments().size(); depth++) {
        levels.add(new WorkspacePath(end.segments().subList(0, depth)));
      }
    }
    return levels;
  }

  private void loadLevel(
      PieceLoader project, WorkspacePath level, Collection<WorkspacePath> touched)
      throws IOException {
    WorkspacePath own = level.child(".claude");
    for (WorkspacePath file :
        List.of(level.child("CLAUDE.md"), own.child("CLAUDE.md"), level.child("AGENTS.md"))) {
      project.load(absolute(file), file.toString());
    }
    WorkspacePath rules = own.child("rules");
    project.loadRules(absolute(rules), rules.toString(), globs -> isTouched(globs, level, touched));
    WorkspacePath local = level.child("CLAUDE.local.md");
    project.as(Scope.LOCAL).load(absolute(local), local.toString());
  }

  private Path absolute(WorkspacePath path) {
    return workspace.root().resolve(path.toString());
  }

  /// Whether globs, relative to a directory, fit one of the files.
  private static boolean isTouched(
      List<String> globs, WorkspacePath base, Collection<WorkspacePath> touched) {
    int depth = base.segments().size();
    return touched.stream()
        .filter(file -> file.startsWith(base) && file.segments().size() > depth)
        .map(file -> file.segments().subList(depth, file.segments().size()))
        .anyMatch(names -> PathGlob.matchesAny(globs, names));
  }

  private OutsideLoader loader(
      Scope scope,
      Path directory,
      String label,
      List<ReadableRoot> everywhere,
      Collected collected) {
    return new OutsideLoader(scope, directory, label, everywhere, collected);
  }

  /// Loads the files of a directory outside of the workspace.
  private final class OutsideLoader {
    private final Scope scope;
    private final Path directory;
    private final String label;
    private final List<ReadableRoot> everywhere;
    private final Collected collected;

    OutsideLoader(
        Scope scope,
        Path directory,
        String label,
        List<ReadableRoot> everywhere,
        Collected collected) {
      this.scope = scope;
      this.directory = directory;
      this.label = label;
      this.everywhere = everywhere;
      this.collected = collected;
    }

    /// A file that the user or the organisation put there may be a link; the directory in which it
    /// really stands may then be read, too.
    void loadOutside(Path file) throws IOException {
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        Path real = file.toRealPath();
        open(real.resolveSibling("")).load(real, label + file.getFileName());
      }
    }

    void loadRules(Path rules, Collection<WorkspacePath> touched) throws IOException {
      if (Files.isDirectory(directory)) {
        open(directory)
            .loadRules(
                rules, label + "rules", globs -> isTouched(globs, WorkspacePath.ROOT, touched));
      }
    }

    private PieceLoader open(Path first) throws IOException {
      var allowed = new ArrayList<ReadableRoot>();
      Optional<ReadableRoot> own = ReadableRoot.of(first, label);
      own.ifPresent(allowed::add);
      if (!first.equals(directory)) {
        ReadableRoot.of(directory, label).ifPresent(allowed::add);
      }
      allowed.addAll(everywhere);
      return new PieceLoader(scope, allowed, roots.home(), collected);
    }
  }
}
