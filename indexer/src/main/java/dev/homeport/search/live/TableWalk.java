package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.tree.TreeFilter.Decision;
import dev.homeport.search.tree.TreeWalk;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a table as a [TreeWalk] walks the disk: with the same files in the same order, and the
/// same counts of what is left out.
///
/// What the table does not hold, such as the inside of an ignored directory that the filter asks
/// for, is walked on the disk when its turn comes. One use, one thread.
public final class TableWalk {
  /// Tells files that are of no interest before their paths are made.
  public interface Interest {
    /// Takes every file.
    Interest ALL =
        new Interest() {
          @Override
          public boolean isBelow(String path) {
            return true;
          }

          @Override
          public boolean isIn(byte[] names, int from, int to) {
            return true;
          }
        };

    /// Takes no file.
    Interest NONE =
        new Interest() {
          @Override
          public boolean isBelow(String path) {
            return true;
          }

          @Override
          public boolean isIn(byte[] names, int from, int to) {
            return false;
          }
        };

    /// Whether a file below a directory may be of interest.
    ///
    /// @param path its path from the root, empty or with a trailing `/`
    boolean isBelow(String path);

    /// Whether a file of this name, given in UTF-8, may be of interest.
    boolean isIn(byte[] names, int from, int to);
  }

  private final Path root;
  private final FileTable table;
  private final TreeFilter filter;
  private final Interest interest;
  private final TreeWalk.Visitor visitor;
  private int ignored;
  private int hidden;
  private int unreadable;
  private int unnamable;
  private final List<String> deferred = new ArrayList<>();
  private boolean defersDisk;

  /// A walk of the table of the tree below a root.
  ///
  /// @param interest leaves out files that the visitor would only pass over
  public TableWalk(
      Path root, FileTable table, TreeFilter filter, Interest interest, TreeWalk.Visitor visitor) {
    this.root = root;
    this.table = table;
    this.filter = filter;
    this.interest = interest;
    this.visitor = visitor;
  }

  /// How many entries ignore files excluded; a whole directory counts once.
  public int ignored() {
    return ignored;
  }

  /// How many entries were left out because they are hidden; a whole directory counts once.
  public int hidden() {
    return hidden;
  }

  /// How many directories could not be read.
  public int unreadable() {
    return unreadable;
  }

  /// How many entries have names that no workspace path can express.
  public int unnamable() {
    return unnamable;
  }

  /// Walks nothing on the disk from now on, but notes where that were to be done.
  public void deferDisk() {
    defersDisk = true;
  }

  /// The paths of the directories that were not walked as the table does not hold them: see
  /// [#deferDisk].
  public List<String> deferred() {
    return deferred;
  }

  /// Walks such directories on the disk.
  public void onDisk(List<String> paths) throws IOException, InterruptedException {
    for (String path : paths) {
      enterOnDisk(path);
    }
  }

  /// Walks a directory, or visits a file, which is then taken whatever the filter says.
  public void from(WorkspacePath start) throws IOException, InterruptedException {
    String path = start.isRoot() ? "" : start + "/";
    Folder folder = table.folder(path);
    if (folder == null || !folder.isListing()) {
      // A file, or nothing, or what is not in the table.
      onDisk(start);
    } else {
      walk(folder, path);
    }
  }

  private void onDisk(WorkspacePath start) throws IOException, InterruptedException {
    var walk = new TreeWalk(root, filter, visitor);
    walk.from(start);
    ignored += walk.ignored();
    hidden += walk.hidden();
    unreadable += walk.unreadable();
    unnamable += walk.unnamable();
  }

  private void walk(Folder folder, String path) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean isPlain = filter.isPlain();
    // Elsewhere, what is left out is still counted.
    boolean isWanted = interest.isBelow(path);
    for (int i = 0; i < folder.size(); i++) {
      Entry.Kind kind = folder.kind(i);
      if (kind == Entry.Kind.UNREADABLE) {
        unreadable++;
        continue;
      }
      if (folder.is(Folder.UNNAMABLE, i)) {
        unnamable++;
        continue;
      }
      boolean isDirectory = kind == Entry.Kind.DIRECTORY;
      Decision decision =
          isPlain
              ? filter.decide(folder.verdict(i), folder.is(Folder.DOT, i))
              : decide(folder, i, path, isDirectory);
      switch (decision) {
        case UNWANTED -> {}
        case IGNORED -> ignored += isUncounted(folder, i) ? 0 : 1;
        case HIDDEN -> hidden += isUncounted(folder, i) ? 0 : 1;
        case TAKE -> {
          if (isDirectory) {
            enter(folder.child(i), path + folder.name(i));
          } else if (isWanted && interest.isIn(folder.names, folder.start(i), folder.ends[i])) {
            visitor.file(folder.file(i, path + folder.name(i)));
          }
        }
      }
    }
  }

  private Decision decide(Folder folder, int i, String path, boolean isDirectory) {
    String name = folder.name(i);
    return filter.decide(folder.verdict(i), path + name, name, isDirectory);
  }

  private static boolean isUncounted(Folder folder, int i) {
    return folder.is(Folder.DOT, i) && TreeWalk.isUncounted(folder.name(i));
  }

  private void enter(@Nullable Folder child, String path) throws IOException, InterruptedException {
    if (child == Folder.UNREADABLE) {
      unreadable++;
    } else if (child != null) {
      walk(child, path + "/");
    } else if (defersDisk) {
      deferred.add(path);
    } else {
      enterOnDisk(path);
    }
  }

  private void enterOnDisk(String path) throws IOException, InterruptedException {
    try {
      onDisk(WorkspacePath.parse(path));
    } catch (WorkspaceException e) {
      // As in a walk, what vanished had never been there.
      boolean isGone =
          e.getCause() instanceof NoSuchFileException
              || e.getCause() instanceof NotDirectoryException;
      unreadable += isGone ? 0 : 1;
    }
  }
}
