package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All files and directories of a tree at one moment, but for what is inside of ignored directories
/// and of `.git`. Immutable.
public final class FileTable {
  private final Folder root;
  private final int generation;
  private final Map<String, Stat> outside;

  /// @param outside the states of the ignore files above the root that it depends on, by their
  ///   paths
  FileTable(Folder root, int generation, Map<String, Stat> outside) {
    this.root = root;
    this.generation = generation;
    this.outside = Map.copyOf(outside);
  }

  Folder root() {
    return root;
  }

  Map<String, Stat> outside() {
    return outside;
  }

  /// Counts the tables of one live tree; what did not change is in a row the same table.
  public int generation() {
    return generation;
  }

  /// The listing of a directory, or null if there is none.
  ///
  /// @param path its path, empty or with a trailing `/`
  @Nullable Folder folder(String path) {
    Folder folder = root;
    for (int from = 0; from < path.length() && folder != null; ) {
      int slash = path.indexOf('/', from);
      int at = folder.find(path.substring(from, slash));
      folder = at >= 0 && folder.kind(at) == Entry.Kind.DIRECTORY ? folder.child(at) : null;
      from = slash + 1;
    }
    return folder;
  }

  /// The file at a path, if there is one and the table holds it.
  public Optional<TreeFile> file(String path) {
    int slash = path.lastIndexOf('/');
    Folder folder = folder(path.substring(0, slash + 1));
    int at = folder == null ? -1 : folder.find(path.substring(slash + 1));
    return folder != null && at >= 0 && folder.kind(at) == Entry.Kind.FILE
        ? Optional.of(folder.file(at, path))
        : Optional.empty();
  }

  /// Takes the files of a table.
  public interface Visitor {
    /// Takes one file.
    ///
    /// @param changed when the file system last saw it change, in nanoseconds since 1970
    void file(TreeFile file, long changed);
  }

  /// The time now as [#isHot] wants it.
  public static long now() {
    return Stat.now();
  }

  /// Whether a file that changed at a time could change again without another time of change.
  public static boolean isHot(long changed, long now) {
    return Stat.isHot(changed, now);
  }

  /// Gives all files that the table holds, those included that are ignored or hidden, in the order
  /// of a walk.
  public void each(Visitor visitor) {
    each(root, "", visitor);
  }

  private static void each(Folder folder, String path, Visitor visitor) {
    for (int i = 0; i < folder.size(); i++) {
      if (folder.is(Folder.UNNAMABLE, i)) {
        continue;
      }
      switch (folder.kind(i)) {
        case FILE -> visitor.file(folder.file(i, path + folder.name(i)), folder.changed[i]);
        case DIRECTORY -> {
          Folder listing = folder.listing(i);
          if (listing != null) {
            each(listing, path + folder.name(i) + "/", visitor);
          }
        }
        case UNREADABLE -> {}
      }
    }
  }

  /// This table with another listing of a directory.
  ///
  /// @param path its path, empty or with a trailing `/`
  static Folder replace(Folder folder, String path, Folder listing) {
    if (path.isEmpty()) {
      return listing;
    }
    int slash = path.indexOf('/');
    int at = folder.find(path.substring(0, slash));
    Folder child = at < 0 ? null : folder.child(at);
    if (child == null) {
      throw new IllegalArgumentException("no listing of a directory that is to be replaced");
    }
    return folder.with(at, replace(child, path.substring(slash + 1), listing));
  }

  /// The paths of files whose entries have a flag.
  List<String> flagged(int summary, int flag) {
    var paths = new ArrayList<String>();
    flagged(root, "", summary, flag, paths);
    return paths;
  }

  private static void flagged(
      Folder folder, String path, int summary, int flag, List<String> paths) {
    if ((folder.below & summary) == 0) {
      return;
    }
    for (int i = 0; i < folder.size(); i++) {
      if (folder.kind(i) == Entry.Kind.DIRECTORY) {
        Folder child = folder.child(i);
        if (child != null) {
          flagged(child, path + folder.name(i) + "/", summary, flag, paths);
        }
      } else if (folder.is(flag, i)) {
        paths.add(path + folder.name(i));
      }
    }
  }

  /// The paths of all files that have one of these inodes.
  List<String> names(Set<Long> inodes) {
    var paths = new ArrayList<String>();
    names(root, "", inodes, paths);
    return paths;
  }

  private static void names(Folder folder, String path, Set<Long> inodes, List<String> paths) {
    for (int i = 0; i < folder.size(); i++) {
      if (folder.kind(i) == Entry.Kind.DIRECTORY) {
        Folder child = folder.child(i);
        if (child != null) {
          names(child, path + folder.name(i) + "/", inodes, paths);
        }
      } else if (inodes.contains(folder.inodes[i])) {
        paths.add(path + folder.name(i));
      }
    }
  }

  /// The roots of git repositories, each path empty or with a trailing `/`.
  List<String> repositories() {
    var paths = new ArrayList<String>();
    repositories(root, "", paths);
    return paths;
  }

  private static void repositories(Folder folder, String path, List<String> paths) {
    if ((folder.below & Folder.HAS_REPOSITORY) == 0) {
      return;
    }
    if (folder.facts.texts().isRepository()) {
      paths.add(path);
    }
    for (int i = 0; i < folder.size(); i++) {
      Folder child = folder.kind(i) == Entry.Kind.DIRECTORY ? folder.child(i) : null;
      if (child != null) {
        repositories(child, path + folder.name(i) + "/", paths);
      }
    }
  }

  /// The paths of the files that are not in both tables, may have another content in this one, or
  /// may be ignored in only one of them.
  ///
  /// Of two tables of one live tree, the time for it goes with the number of changes.
  ///
  /// @param older an earlier table of the same live tree
  public List<String> changedSince(FileTable older) {
    var paths = new ArrayList<String>();
    TableDifference.between(older.root, root, "", paths::add);
    return paths;
  }
}
