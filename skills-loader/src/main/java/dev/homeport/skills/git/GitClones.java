package dev.homeport.skills.git;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Ulid;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;

/// Bare clones of the repositories that skills come from, one for each address, shared by all
/// workspaces of the user.
///
/// Threads and processes that want the same repository wait for one another. No configuration of
/// git is read, and no process started. Thread-safe.
public final class GitClones {
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(15);

  private final Path directory;
  private final Path home;
  private final ProcessLocks locks;

  /// @param directory where clones are kept; made if it is missing
  /// @param home the user's home, for keys and logins
  public GitClones(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
    this.locks = ProcessLocks.on(directory.resolve("lock"));
  }

  /// What the ref of an origin leads to now.
  ///
  /// @param isOffline whether what was fetched last has to do
  /// @throws SourceException if it cannot be had; the message says why and what to do
  public SourceContents newest(SourceOrigin.Git origin, boolean isOffline)
      throws IOException, InterruptedException {
    return open(origin, (clone, remote) -> newest(origin, clone, remote, isOffline));
  }

  /// One commit, from the cache if it is there.
  public SourceContents at(SourceOrigin.Git origin, GitRevision revision, boolean isOffline)
      throws IOException, InterruptedException {
    return open(
        origin,
        (clone, remote) -> {
          ObjectId commit = ObjectId.fromString(revision.commit());
          require(commit, origin, clone, remote, isOffline);
          return commit;
        });
  }

  private interface Finding {
    ObjectId find(Repository clone, GitRemote remote) throws IOException;
  }

  private SourceContents open(SourceOrigin.Git origin, Finding finding)
      throws IOException, InterruptedException {
    String key = Sha256.hex(origin.url().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    try (var _ = locks.acquire(List.of(key), LOCK_LIMIT);
        var _ = NoGitConfig.open()) {
      Repository clone = clone(key);
      try (var remote = new GitRemote(origin.url(), home, clone);
          var walk = new RevWalk(clone)) {
        return GitContents.of(clone, commit(finding.find(clone, remote), walk, origin), origin);
      } catch (MissingObjectException missing) {
        clone.close();
        throw new SourceException(
            "the clone of %s lacks objects; delete skill-sources/git/%s.git in Homeport's state"
                    .formatted(origin.url(), key)
                + " directory and try again",
            missing);
      } catch (IOException | RuntimeException e) {
        clone.close();
        throw e;
      }
    }
  }

  private static RevCommit commit(ObjectId id, RevWalk walk, SourceOrigin.Git origin)
      throws IOException {
    try {
      return walk.parseCommit(id);
    } catch (IncorrectObjectTypeException other) {
      throw new SourceException(
          "'%s' of %s is no commit; give a branch, tag or commit with --ref"
              .formatted(origin.ref().isEmpty() ? "HEAD" : origin.ref(), origin.url()),
          other);
    }
  }

  /// The clone, which is made elsewhere first, so that there is never half of one.
  private Repository clone(String key) throws IOException {
    Path target = directory.resolve(key + ".git");
    if (!Files.exists(target)) {
      Path made = directory.resolve(key + "-" + Ulid.at(Instant.now()) + ".new");
      Files.createDirectories(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (Repository fresh =
          new FileRepositoryBuilder().setGitDir(made.toFile()).setBare().build()) {
        fresh.create(true);
        StoredConfig config = fresh.getConfig();
        config.setInt("gc", null, "auto", 0);
        config.save();
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return new FileRepositoryBuilder().setGitDir(target.toFile()).setBare().build();
  }

  private static ObjectId newest(
      SourceOrigin.Git origin, Repository clone, GitRemote remote, boolean isOffline)
      throws IOException {
    if (GitRevision.isId(origin.ref())) {
      ObjectId commit = ObjectId.fromString(origin.ref());
      require(commit, origin, clone, remote, isOffline);
      return commit;
    }
    if (isOffline) {
      return RefChoice.kept(origin, clone)
          .orElseThrow(() ->
              new SourceException(
                  "%s was not fetched before; try again without --offline"
                      .formatted(origin.shown())));
    }
    RefChoice choice = RefChoice.of(origin, remote.refs());
    if (!clone.getObjectDatabase().has(choice.id())) {
      remote.fetch(List.of(new RefSpec("+" + choice.name() + ":" + choice.keptAs())), true);
    } else {
      choice.keep(clone);
    }
    return RefChoice.kept(origin, clone).orElse(choice.id());
  }

  private static void require(
      ObjectId commit,
      SourceOrigin.Git origin,
      Repository clone,
      GitRemote remote,
      boolean isOffline)
      throws IOException {
    if (clone.getObjectDatabase().has(commit)) {
      return;
    }
    if (isOffline) {
      throw new SourceException(
          "commit %s of %s was not fetched before; try again without --offline"
              .formatted(commit.getName(), origin.url()));
    }
    if (!fetchAlone(commit, remote)) {
      remote.fetch(RefChoice.EVERYTHING, false);
    }
    if (!clone.getObjectDatabase().has(commit)) {
      throw new SourceException(
          "%s has no commit %s on any branch or tag; it may have been taken away: see what is there"
                  .formatted(origin.url(), commit.getName())
              + " now with `homeport skills update`, or remove the source");
    }
  }

  /// A server may refuse to give a commit by its id; then it has to be looked for in the history.
  private static boolean fetchAlone(ObjectId commit, GitRemote remote) {
    try {
      String id = commit.getName();
      remote.fetch(List.of(new RefSpec(id + ":" + RefChoice.KEPT + "commits/" + id)), true);
      return true;
    } catch (SourceException refused) {
      System.getLogger(GitClones.class.getName())
          .log(Level.DEBUG, "no single commit: {0}", refused.getMessage());
      return false;
    }
  }
}
