package dev.homeport.skills.store;

import dev.homeport.skills.git.GitClones;
import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.skills.wellknown.SiteContents;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The sources of skills of one workspace.
///
/// Fetching a version puts a copy of it on this disk and changes nothing else; only agreeing to it
/// writes it into the lock file and lets it be served. Thread-safe, also against other processes.
public final class SkillSources {
  private final Workspace workspace;
  private final TreeStore trees;
  private final AgreedVersions agreed;
  private final GitClones clones;

  private SkillSources(Workspace workspace, Path directory, Path home) {
    this.workspace = workspace;
    this.trees = new TreeStore(directory);
    this.agreed = new AgreedVersions(directory);
    this.clones = new GitClones(directory.resolve("git"), home);
  }

  /// Those of a workspace.
  ///
  /// @param state where Homeport keeps state of the user
  /// @param home the user's home, for keys and logins
  public static SkillSources of(Workspace workspace, Path state, Path home) {
    return new SkillSources(workspace, directory(state), home);
  }

  /// Where sources are kept.
  static Path directory(Path state) {
    return state.resolve("skill-sources");
  }

  /// What the lock file says.
  public SkillLock lock() throws IOException {
    return LockFile.read(workspace);
  }

  /// Where the locked version of a source stands, if the user agreed to it here and it is fetched.
  public Optional<Path> served(LockedSource source) throws IOException {
    ContentDigest digest = source.digest();
    return agreed.of(workspace.root()).contains(digest) && trees.has(digest)
        ? Optional.of(trees.directory(digest))
        : Optional.empty();
  }

  /// Fetches the newest version.
  ///
  /// @param isOffline whether what was fetched from a network before has to do
  public SourceTree newest(SourceOrigin origin, boolean isOffline)
      throws IOException, InterruptedException {
    try (SourceContents contents = contents(origin, isOffline)) {
      return put(origin, contents);
    }
  }

  /// Fetches the version that is locked; where only the newest one can be had, that one.
  ///
  /// @throws SourceException also if a commit holds something else than was locked
  public SourceTree locked(LockedSource source, boolean isOffline)
      throws IOException, InterruptedException {
    if (!(source.origin() instanceof SourceOrigin.Git origin) || source.revision().isEmpty()) {
      return newest(source.origin(), isOffline);
    }
    try (SourceContents contents = clones.at(origin, source.revision().get(), isOffline)) {
      SourceTree tree = put(origin, contents);
      if (!tree.digest().equals(source.digest())) {
        throw new SourceException(
            "commit %s of %s holds other files than .homeport/skills.lock says: someone changed the"
                    .formatted(source.revision().get().shown(), origin.shown())
                + " lock file. Remove the source and add it again if you trust it.");
      }
      return tree;
    }
  }

  private SourceContents contents(SourceOrigin origin, boolean isOffline)
      throws IOException, InterruptedException {
    return switch (origin) {
      case SourceOrigin.Git git -> clones.newest(git, isOffline);
      case SourceOrigin.Directory(var path) ->
          DirectoryContents.of(workspace.root().resolve(path).normalize(), path);
      case SourceOrigin.WellKnown site -> {
        if (isOffline) {
          throw new SourceException(
              site.shown() + " can only be asked over the network; try again without --offline");
        }
        yield SiteContents.fetch(site);
      }
    };
  }

  private SourceTree put(SourceOrigin origin, SourceContents contents) throws IOException {
    try {
      return trees.put(contents);
    } catch (SourceException refused) {
      throw new SourceException(origin.shown() + ": " + refused.getMessage(), refused);
    }
  }

  /// Writes a version into the lock file and lets it be served in this workspace.
  ///
  /// @param before what the lock file said when the user looked; empty if it did not name it
  /// @throws SourceException if the lock file says something else by now
  public void agree(Optional<LockedSource> before, LockedSource after)
      throws IOException, InterruptedException {
    try (var _ = lockFile()) {
      SkillLock lock = requireUnchanged(before, after.name());
      agreed.add(workspace.root(), after.digest());
      if (!before.equals(Optional.of(after))) {
        LockFile.write(workspace, lock.with(after));
        ForeignLockFile.replace(workspace, before.flatMap(this::version), version(after));
      }
    }
    prune();
  }

  /// Lets updates pass a source over, or not any more.
  ///
  /// @throws SourceException if the lock file says something else of it by now
  public void pin(LockedSource source, boolean isPinned) throws IOException, InterruptedException {
    try (var _ = lockFile()) {
      SkillLock lock = requireUnchanged(Optional.of(source), source.name());
      LockFile.write(workspace, lock.with(source.pinned(isPinned)));
    }
  }

  /// Takes a source out of the lock file.
  public void remove(LockedSource source) throws IOException, InterruptedException {
    try (var _ = lockFile()) {
      SkillLock lock = requireUnchanged(Optional.of(source), source.name()).without(source.name());
      LockFile.write(workspace, lock);
      ForeignLockFile.replace(workspace, version(source), Optional.empty());
      agreed.retain(workspace.root(), digests(lock));
    }
    prune();
  }

  private Optional<ForeignLockFile.Version> version(LockedSource source) {
    return trees.has(source.digest())
        ? Optional.of(new ForeignLockFile.Version(source, trees.directory(source.digest())))
        : Optional.empty();
  }

  /// What `skills-lock.json` names and the lock file does not, if that file is there.
  public Imports imports() throws IOException {
    return Imports.of(workspace, lock());
  }

  /// Whether a version is what `skills-lock.json` says of it.
  public boolean isAsNamed(Import named, SourceTree tree) throws IOException {
    return named.hash().isEmpty() || FolderHash.of(tree.directory()).equals(named.hash());
  }

  private static Set<ContentDigest> digests(SkillLock lock) {
    var digests = new HashSet<ContentDigest>();
    lock.sources().values().forEach(source -> digests.add(source.digest()));
    return digests;
  }

  private ProcessLocks.Held lockFile() throws IOException, InterruptedException {
    return workspace.lock(List.of(LockFile.PATH, ForeignLockFile.PATH));
  }

  private SkillLock requireUnchanged(Optional<LockedSource> before, SourceName name)
      throws IOException {
    SkillLock lock = lock();
    if (!lock.find(name).equals(before)) {
      throw new SourceException(
          "someone else changed the source '%s' in .homeport/skills.lock meanwhile; nothing was done,"
                  .formatted(name)
              + " look again");
    }
    return lock;
  }

  private void prune() throws IOException {
    trees.prune(agreed.everywhere());
  }
}
