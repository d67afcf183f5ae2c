package dev.homeport.skills.store;

import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.ForeignLock;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The roots of a workspace together with those of its sources, as they are whenever they are asked
/// for.
///
/// What a lock file names but the user did not agree to in this workspace, or is not on this disk,
/// is no root but a problem; nothing is ever fetched here. Asking costs two looks at files as long
/// as nothing changes. Thread-safe.
public final class SourceRoots implements Supplier<SkillsConfig> {
  private static final String LOCK = LockFile.PATH.toString();

  /// What tells whether a file is another one than before; empty if there is none.
  private record Stamp(Optional<Object> key, long bytes, FileTime modified) {
    static final Stamp NONE = new Stamp(Optional.empty(), 0, FileTime.fromMillis(0));

    static Stamp of(Path file) {
      try {
        var now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Stamp(Optional.ofNullable(now.fileKey()), now.size(), now.lastModifiedTime());
      } catch (NoSuchFileException none) {
        return NONE;
      } catch (IOException failed) {
        log().log(Level.DEBUG, "not looked at", failed);
        return NONE;
      }
    }
  }

  private record Known(List<Stamp> stamps, SkillsConfig config) {}

  private final Workspace workspace;
  private final SkillsConfig base;
  private final TreeStore trees;
  private final AgreedVersions agreed;
  private volatile @Nullable Known known;

  private SourceRoots(Workspace workspace, Path state, SkillsConfig base) {
    Path directory = SkillSources.directory(state);
    this.workspace = workspace;
    this.base = base;
    this.trees = new TreeStore(directory);
    this.agreed = new AgreedVersions(directory);
  }

  /// The roots of a workspace and of its sources.
  ///
  /// @param state where Homeport keeps state of the user
  /// @param base the roots that do not come from sources
  public static SourceRoots of(Workspace workspace, Path state, SkillsConfig base) {
    return new SourceRoots(workspace, state, base);
  }

  @Override
  public SkillsConfig get() {
    Stamp lock = Stamp.of(workspace.root().resolve(LockFile.PATH.toString()));
    Stamp foreign = Stamp.of(workspace.root().resolve(ForeignLockFile.PATH.toString()));
    List<Stamp> now = List.of(lock, foreign, Stamp.of(agreed.file(workspace.root())));
    Known last = known;
    if (last != null && last.stamps().equals(now)) {
      return last.config();
    }
    boolean isAny = !lock.equals(Stamp.NONE) || !foreign.equals(Stamp.NONE);
    SkillsConfig config = isAny ? read() : base;
    known = new Known(now, config);
    return config;
  }

  private SkillsConfig read() {
    var roots = new ArrayList<Root>();
    var problems = new ArrayList<SkillProblem>();
    try {
      SkillLock lock = LockFile.read(workspace);
      locked(lock, roots, problems);
      for (Import named : Imports.of(workspace, lock).imports()) {
        if (!isInstalled(named)) {
          problems.add(notFetched(Severity.NOTE, ForeignLock.NAME, named.name(), named.origin()));
        }
      }
    } catch (SourceException | WorkspaceException told) {
      problems.add(problem(Severity.ERROR, LOCK, String.valueOf(told.getMessage())));
    } catch (IOException failed) {
      log().log(Level.WARNING, "the sources of skills cannot be read", failed);
      problems.add(problem(Severity.ERROR, LOCK, "the file system failed to read it"));
    }
    return base.with(List.copyOf(roots), List.copyOf(problems));
  }

  private void locked(SkillLock lock, List<Root> roots, List<SkillProblem> problems)
      throws IOException {
    Set<ContentDigest> agreedTo = agreed.of(workspace.root());
    for (LockedSource source : lock.sources().values()) {
      if (agreedTo.contains(source.digest()) && trees.has(source.digest())) {
        roots.add(Root.source(source.name().value(), trees.directory(source.digest())));
      } else {
        problems.add(notFetched(Severity.WARNING, LOCK, source.name(), source.origin()));
      }
    }
  }

  /// Whether the npm package has put the skill where it puts them.
  private boolean isInstalled(Import named) {
    return Files.isDirectory(workspace.root().resolve(".agents/skills/" + named.name()));
  }

  private static SkillProblem notFetched(
      Severity severity, String file, SourceName name, SourceOrigin origin) {
    return problem(
        severity,
        file,
        "the source '%s' (%s) is not fetched: run `homeport skills update`"
            .formatted(name, Shown.of(origin.shown())));
  }

  private static SkillProblem problem(Severity severity, String file, String message) {
    return new SkillProblem(severity, Kind.SOURCE, file, message);
  }

  private static System.Logger log() {
    return System.getLogger(SourceRoots.class.getName());
  }
}
