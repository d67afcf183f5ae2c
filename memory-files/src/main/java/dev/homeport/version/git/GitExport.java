package dev.homeport.version.git;

import dev.homeport.version.Snapshot;
import dev.homeport.version.Version;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// Writes the version log of a workspace as a bare git repository, which any git can read.
///
/// Changes that one author made at one time are one commit on the branch `main`, with that author
/// and that time; what others did to a file is a commit of the author `outside`. Run again, it
/// appends what came since, or what is still kept of it. Contents that were redacted or are not
/// kept any more are left out, and the message says so; but what was exported before a redaction
/// stays in the repository: then delete it and export anew.
public final class GitExport {
  private static final String BRANCH = Constants.R_HEADS + "main";
  private static final ReentrantLock ONE_BY_ONE = new ReentrantLock();
  private static final String DOMAIN = "@homeport.invalid";

  private final Workspace workspace;
  private final Versions versions;
  private final Repository repository;

  private GitExport(Workspace workspace, Repository repository) throws WorkspaceException {
    this.workspace = workspace;
    this.versions = Versions.of(workspace);
    this.repository = repository;
  }

  /// What an export did.
  ///
  /// @param versions how many versions were added
  /// @param commits how many commits they became
  /// @param missing a sentence about versions that aged out before they were exported; empty if all
  ///   are there. The message of the first commit after them says the same
  public record Exported(int versions, int commits, Optional<String> missing) {}

  /// Exports what the repository does not have yet.
  ///
  /// @param target the repository, one of an earlier export; or a directory that is empty or does
  ///   not exist, and becomes one
  /// @throws WorkspaceException if the target is something else, or inside `.homeport/`; nothing
  ///   was written then
  public static Exported export(Workspace workspace, Path target) throws IOException {
    Path directory = real(target.toAbsolutePath().normalize());
    requireOutside(workspace, directory);
    ONE_BY_ONE.lock();
    try (var _ = OwnSettings.open()) {
      return open(workspace, directory);
    } finally {
      ONE_BY_ONE.unlock();
    }
  }

  private static Exported open(Workspace workspace, Path directory) throws IOException {
    boolean isNew = !FileKey.isGitRepository(directory.toFile(), FS.DETECTED);
    if (isNew) {
      requireEmpty(directory);
    }
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build()) {
      if (isNew) {
        repository.create(true);
        repository.updateRef(Constants.HEAD).link(BRANCH);
      }
      return new GitExport(workspace, repository).run();
    }
  }

  /// The path without links, as far as it exists.
  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    Path parent = path.getParent();
    Path name = path.getFileName();
    return parent == null || name == null ? path : real(parent).resolve(name);
  }

  private static void requireOutside(Workspace workspace, Path directory)
      throws WorkspaceException {
    if (directory.startsWith(workspace.root().resolve(Workspace.OWN_DIRECTORY))) {
      throw new WorkspaceException(
          Kind.PROTECTED, "The target lies inside .homeport/; choose a directory outside of it.");
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new WorkspaceException(
          Kind.NOT_A_DIRECTORY, "The target is no directory; choose an empty or a new one.");
    }
    try (var entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new WorkspaceException(
            Kind.ALREADY_EXISTS,
            "The target is not empty and no repository of an earlier export; choose an empty or a"
                + " new directory.");
      }
    }
  }

  private Exported run() throws IOException {
    ObjectId before = repository.resolve(BRANCH);
    try (ObjectInserter inserter = repository.newObjectInserter();
        var walk = new RevWalk(repository)) {
      List<Version> all = versions.all();
      Continuation next =
          before == null
              ? Continuation.fromStart(all)
              : Continuation.after(walk.parseCommit(before), walk, all, workspace, repository);
      ExportTree tree = next.tree();
      List<VersionGroup> groups = VersionGroup.of(next.versions());
      Optional<String> missing = next.missing();
      ObjectId head = before;
      for (VersionGroup group : groups) {
        List<String> leftOut = apply(group, tree, inserter);
        missing.ifPresent(leftOut::addFirst);
        missing = Optional.empty();
        var commit = new CommitBuilder();
        commit.setTreeId(tree.write(inserter));
        if (head != null) {
          commit.setParentId(head);
        }
        commit.setAuthor(person(group.first(), group.first().author().actor()));
        commit.setCommitter(person(group.first(), "homeport"));
        commit.setMessage(group.message(leftOut));
        head = inserter.insert(commit);
      }
      inserter.flush();
      if (head != null && !head.equals(before)) {
        advance(before == null ? ObjectId.zeroId() : before, head);
      }
      Continuation.remember(workspace, repository);
      return new Exported(next.versions().size(), groups.size(), next.missing());
    }
  }

  private List<String> apply(VersionGroup group, ExportTree tree, ObjectInserter inserter)
      throws IOException {
    var leftOut = new ArrayList<String>();
    for (Version version : group.versions()) {
      if (version.from() != null) {
        tree.remove(version.from());
      }
      switch (version.operation()) {
        case REDACTED -> {
          // Says so in the message only.
        }
        case DELETED, MISSED -> tree.remove(version.path());
        case CREATED, MODIFIED, MOVED, FOUND -> {
          Optional<byte[]> content = content(version);
          if (content.isPresent()) {
            tree.put(version.path(), inserter.insert(Constants.OBJ_BLOB, content.get()));
          } else {
            tree.remove(version.path());
            String why = version.isRedacted() ? "redacted" : "not kept any more";
            leftOut.add("Left out: %s, whose content is %s.".formatted(version.path(), why));
          }
        }
      }
    }
    return leftOut;
  }

  private Optional<byte[]> content(Version version) throws IOException {
    Optional<Snapshot> after = version.contentAfter();
    return after.isEmpty()
        ? Optional.empty()
        : versions.content(after.get().sha256(), Versions.MOST_KEPT);
  }

  private static PersonIdent person(Version version, String actor) {
    var name = new StringBuilder();
    VersionGroup.oneLine(actor)
        .codePoints()
        .filter(c -> c != '<' && c != '>')
        .forEach(name::appendCodePoint);
    String known = name.toString().isBlank() ? "unknown" : name.toString().strip();
    String address = known.replace(' ', '.') + DOMAIN;
    return new PersonIdent(known, address, version.time(), ZoneOffset.UTC);
  }

  private void advance(ObjectId before, ObjectId head) throws IOException {
    RefUpdate update = repository.updateRef(BRANCH);
    update.setExpectedOldObjectId(before);
    update.setNewObjectId(head);
    update.disableRefLog();
    RefUpdate.Result result = update.update();
    if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
      throw new WorkspaceException(
          Kind.BUSY, "Somebody else changed the repository (%s); try again.".formatted(result));
    }
  }
}
