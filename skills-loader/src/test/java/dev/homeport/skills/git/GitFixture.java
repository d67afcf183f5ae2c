package dev.homeport.skills.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A bare repository whose commits are made without a work tree.
public final class GitFixture implements AutoCloseable {
  private static final PersonIdent AUTHOR =
      new PersonIdent("a", "a@example.invalid", Instant.EPOCH, ZoneOffset.UTC);

  private final Path directory;
  private final Repository repository;

  /// Makes an empty one with the default branch `main`.
  public GitFixture(Path directory) throws IOException {
    this.directory = directory;
    this.repository = new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    repository.create(true);
    repository.updateRef(Constants.HEAD).link("refs/heads/main");
  }

  /// A `SKILL.md`.
  public static String skill(String name, String description) {
    return "---\nname: %s\ndescription: %s\n---\nSteps.\n".formatted(name, description);
  }

  /// The address of the repository.
  public String url() {
    return "file://" + directory;
  }

  Repository repository() {
    return repository;
  }

  /// Commits to a branch exactly these files. A path that ends in `*` is a program, one that ends
  /// in `@` a link.
  public String commit(String branch, Map<String, String> files) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCacheBuilder entries = DirCache.newInCore().builder();
      for (Map.Entry<String, String> file : files.entrySet()) {
        String path = file.getKey();
        boolean isMarked = path.endsWith("*") || path.endsWith("@");
        var entry = new DirCacheEntry(isMarked ? path.substring(0, path.length() - 1) : path);
        entry.setFileMode(
            path.endsWith("*")
                ? FileMode.EXECUTABLE_FILE
                : path.endsWith("@") ? FileMode.SYMLINK : FileMode.REGULAR_FILE);
        entry.setObjectId(
            inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
        entries.add(entry);
      }
      entries.finish();
      return commit(branch, entries.getDirCache().writeTree(inserter), inserter);
    }
  }

  /// Commits a file of a name that git itself would not take.
  public void commitForbidden(String branch, String name) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, new byte[] {'x'});
      var inner = new TreeFormatter();
      inner.append("SKILL.md", FileMode.REGULAR_FILE, blob);
      var outer = new TreeFormatter();
      outer.append(name.getBytes(StandardCharsets.UTF_8), FileMode.TREE, inserter.insert(inner));
      commit(branch, inserter.insert(outer), inserter);
    }
  }

  private String commit(String branch, ObjectId tree, ObjectInserter inserter) throws IOException {
    ObjectId before = repository.resolve("refs/heads/" + branch);
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    if (before != null) {
      commit.setParentId(before);
    }
    commit.setAuthor(AUTHOR);
    commit.setCommitter(AUTHOR);
    commit.setMessage("m");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    point("refs/heads/" + branch, id);
    return id.getName();
  }

  /// Lets a ref lead to a commit.
  public void point(String ref, String commit) throws IOException {
    point(ref, ObjectId.fromString(commit));
  }

  private void point(String ref, ObjectId id) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(id);
    update.forceUpdate();
  }

  /// Makes an annotated tag.
  public void tag(String name, String commit) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      var tag = new TagBuilder();
      tag.setTag(name);
      tag.setTagger(AUTHOR);
      tag.setMessage("m");
      tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      point("refs/tags/" + name, id);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
