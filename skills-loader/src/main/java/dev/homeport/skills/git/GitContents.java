package dev.homeport.skills.git;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// The files of one commit, read from the objects of a clone: nothing is checked out, so no
/// attribute, filter or hook has a say.
final class GitContents implements SourceContents {
  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");
  private static final int LARGEST = 64 << 20;

  private final Repository clone;
  private final ObjectReader reader;
  private final GitRevision revision;
  private final Map<SourceEntry, ObjectId> blobs = new HashMap<>();

  private GitContents(Repository clone, GitRevision revision) {
    this.clone = clone;
    this.reader = clone.newObjectReader();
    this.revision = revision;
  }

  /// Takes the clone over and closes it in the end.
  static GitContents of(Repository clone, RevCommit commit, SourceOrigin.Git origin)
      throws IOException {
    ObjectId tree = tree(clone, commit, origin);
    var contents = new GitContents(clone, new GitRevision(commit.getName(), tree.getName()));
    try {
      contents.list(tree, origin);
      return contents;
    } catch (IOException | RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  private static ObjectId tree(Repository clone, RevCommit commit, SourceOrigin.Git origin)
      throws IOException {
    WorkspacePath path = origin.path();
    if (path.isRoot()) {
      return commit.getTree().copy();
    }
    try (TreeWalk found = TreeWalk.forPath(clone, path.toString(), commit.getTree())) {
      if (found == null || !found.getFileMode(0).equals(FileMode.TREE)) {
        throw new SourceException(
            "there is no directory '%s' in %s at commit %s; give another one with --path"
                .formatted(path, origin.url(), commit.abbreviate(10).name()));
      }
      return found.getObjectId(0);
    }
  }

  private void list(ObjectId tree, SourceOrigin.Git origin) throws IOException {
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (walk.isSubtree()) {
          if (!PASSED_OVER.contains(walk.getNameString())) {
            walk.enterSubtree();
          }
          continue;
        }
        SourceEntry.@Nullable Kind kind = kind(walk.getFileMode(0));
        if (kind != null) {
          blobs.put(new SourceEntry(walk.getPathString(), kind), walk.getObjectId(0));
        }
        if (blobs.size() > MOST_ENTRIES) {
          throw new SourceException(
              "%s has more than %,d files; name the directory of its skills with --path"
                  .formatted(origin.url(), MOST_ENTRIES));
        }
      }
    }
  }

  /// Submodules are other repositories, which nobody asked for.
  private static SourceEntry.@Nullable Kind kind(FileMode mode) {
    return switch (mode.getBits() & FileMode.TYPE_MASK) {
      case FileMode.TYPE_FILE ->
          mode.equals(FileMode.EXECUTABLE_FILE) ? SourceEntry.Kind.PROGRAM : SourceEntry.Kind.FILE;
      case FileMode.TYPE_SYMLINK -> SourceEntry.Kind.LINK;
      default -> null;
    };
  }

  @Override
  public List<SourceEntry> entries() {
    return List.copyOf(blobs.keySet());
  }

  @Override
  public long bytes(SourceEntry entry) throws IOException {
    return reader.getObjectSize(blob(entry), Constants.OBJ_BLOB);
  }

  @Override
  public byte[] read(SourceEntry entry) throws IOException {
    return reader.open(blob(entry), Constants.OBJ_BLOB).getCachedBytes(LARGEST);
  }

  private ObjectId blob(SourceEntry entry) {
    ObjectId blob = blobs.get(entry);
    if (blob == null) {
      throw new IllegalArgumentException(entry + " is none of these contents");
    }
    return blob;
  }

  @Override
  public Optional<GitRevision> revision() {
    return Optional.of(revision);
  }

  @Override
  public void close() {
    reader.close();
    clone.close();
  }
}
