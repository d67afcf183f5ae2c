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
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// Writes the version log of a workspace as a bare git repository, which any git can read.
///
/// Changes that one author made at one time are one commit on the branch `main`, with that author
/// and that time; what others did to a file is a commit of the author `outside`. Run again, it
/// appends what came since. Contents that were redacted or are not kept any more are left out, and
/// the message says so; but what was exported before a redaction stays in the repository: then
/// delete it and export anew.
public final class GitExport {
  private static final String BRANCH = Constants.R_HEADS + "main";
  private static final ReentrantLock ONE_BY_ONE = new ReentrantLock();
  private static final String DOMAIN = "@homeport.invalid";

  private final Versions versions;
  private final Repository repository;

  private GitExport(Versions versions, Repository repository) {
    this.versions = versions;
    this.repository = repository;
  }

  /// What an export did.
  ///
  /// @param versions how many versions were added
  /// @param commits how many commits they became
  public record Exported(int versions, int commits) {}

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
      return open(Versions.of(workspace), directory);
    } finally {
      ONE_BY_ONE.unlock();
    }
  }

  private static Exported open(Versions versions, Path directory) throws IOException {
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
      return new GitExport(versions, repository).run();
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
      List<Version> fresh = all;
      var tree = new ExportTree();
      if (before != null) {
        RevCommit last = walk.parseCommit(before);
        fresh = following(all, last);
        tree = ExportTree.of(walk.getObjectReader(), last.getTree());
      }
      List<VersionGroup> groups = VersionGroup.of(fresh);
      ObjectId head = before;
      for (VersionGroup group : groups) {
        List<String> leftOut = apply(group, tree, inserter);
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
      return new Exported(fresh.size(), groups.size());
    }
  }

  /// The versions after those that a commit was made of.
  private static List<Version> following(List<Version> all, RevCommit last)
      throws WorkspaceException {
    String id =
        last.getFullMessage()
            .lines()
            .filter(line -> line.startsWith(VersionGroup.LAST))
            .reduce((_, line) -> line)
            .map(line -> line.substring(VersionGroup.LAST.length()))
            .orElseThrow(() ->
                new WorkspaceException(
                    Kind.ALREADY_EXISTS,
                    "The target is a git repository that holds other work than an export; choose an"
                        + " empty or a new directory."));
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).id().equals(id)) {
        return all.subList(i + 1, all.size());
      }
    }
    throw new WorkspaceException(
        Kind.NOT_FOUND,
        "The history does not hold the version that was exported last: it aged out, or the"
            + " repository is of another workspace. Export into a new directory.");
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
