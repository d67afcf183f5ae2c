package dev.homeport.skills;

import dev.homeport.workspace.WorkspacePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where skills are looked for.
///
/// Roots of a higher scope stand before those of a lower one; within a scope the given order
/// counts. The first skill of a name is served, later ones are reported as shadowed.
///
/// @param roots the directories, sorted by scope
/// @param maxDirectories how many directories of one root are read, at least 1
/// @param problems why roots that were asked for are not among them
public record SkillsConfig(List<Root> roots, int maxDirectories, List<SkillProblem> problems) {
  /// How deep below a root skills may stand.
  public static final int MAX_DEPTH = 6;

  /// How many directories of one root are read unless told otherwise.
  public static final int DEFAULT_MAX_DIRECTORIES = 200_000;

  /// Sorts the roots by scope and checks the limit.
  public SkillsConfig {
    roots = roots.stream().sorted(Comparator.comparing(Root::scope)).toList();
    problems = List.copyOf(problems);
    if (maxDirectories < 1) {
      throw new IllegalArgumentException(
          "maxDirectories is " + maxDirectories + ", but must be at least 1");
    }
  }

  /// Roots of which none is missing.
  public SkillsConfig(List<Root> roots, int maxDirectories) {
    this(roots, maxDirectories, List.of());
  }

  /// Who put a skill there, from the most to the least decisive.
  public enum Scope {
    /// An administrator.
    MANAGED,
    /// The user, for all projects.
    USER,
    /// The project that is worked on; a cloned one is not trusted.
    PROJECT,
    /// A directory that the user named.
    EXTRA,
    /// A source of others, of which the user agreed to one version.
    SOURCE;

    /// The scope in lower case, as agents see it.
    public String shown() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A directory that is searched for skills.
  ///
  /// Links below `base` are followed only where they stay inside the root.
  ///
  /// @param scope who put the skills there
  /// @param base a directory that is trusted to be what it is, such as the workspace
  /// @param directory the directory to search, relative to `base`
  /// @param label how `base` is shown to agents; empty if it is the workspace
  public record Root(Scope scope, Path base, WorkspacePath directory, String label) {
    /// Takes an absolute base.
    public Root {
      base = base.toAbsolutePath().normalize();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Root root
              && scope == root.scope
              && base.equals(root.base)
              && directory.equals(root.directory)
              && label.equals(root.label));
    }

    @Override
    public int hashCode() {
      return 31 * base.hashCode() + directory.segments().hashCode();
    }

    /// A directory of the project's workspace.
    public static Root project(Path workspace, String... directory) {
      return new Root(Scope.PROJECT, workspace, new WorkspacePath(List.of(directory)), "");
    }

    /// A directory below the user's home.
    public static Root user(Path home, String... directory) {
      return new Root(Scope.USER, home, new WorkspacePath(List.of(directory)), "~");
    }

    /// A directory anywhere, for administrators or as the user names it.
    public static Root directory(Scope scope, Path directory) {
      var name = directory.toAbsolutePath().normalize().getFileName();
      return new Root(scope, directory, WorkspacePath.ROOT, name == null ? "/" : name.toString());
    }

    /// A version of a source, on this disk.
    public static Root source(String name, Path directory) {
      return new Root(Scope.SOURCE, directory, WorkspacePath.ROOT, "skill-sources/" + name);
    }

    /// A path below `base` as agents see it.
    public String shown(WorkspacePath path) {
      if (label.isEmpty()) {
        return path.toString();
      }
      return path.isRoot() ? label : label + "/" + path;
    }
  }

  /// The directories that clients share: two in the workspace and three in the user's home.
  public static SkillsConfig standard(Path workspace, Path home) {
    var roots =
        List.of(
            Root.user(home, ".claude", "skills"),
            Root.user(home, ".agents", "skills"),
            Root.user(home, ".homeport", "skills"),
            Root.project(workspace, ".claude", "skills"),
            Root.project(workspace, ".agents", "skills"));
    return new SkillsConfig(roots, DEFAULT_MAX_DIRECTORIES);
  }

  /// What tells this configuration from others.
  String key() {
    var key = new StringBuilder().append(maxDirectories);
    for (Root root : roots) {
      key.append('\n').append(root.scope().name());
      key.append('\0').append(root.base()).append('\0').append(root.directory());
      key.append('\0').append(root.label());
    }
    return key.toString();
  }

  /// These roots and one more.
  public SkillsConfig with(Root root) {
    var all = new ArrayList<Root>();
    Stream.concat(roots.stream(), Stream.of(root)).forEach(all::add);
    return new SkillsConfig(all, maxDirectories, problems);
  }

  /// These roots and problems, and more of both.
  public SkillsConfig with(List<Root> more, List<SkillProblem> moreProblems) {
    return new SkillsConfig(
        Stream.concat(roots.stream(), more.stream()).toList(),
        maxDirectories,
        Stream.concat(problems.stream(), moreProblems.stream()).toList());
  }
}
