package dev.homeport.search.live;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the files that differ between two listings of a directory and all below it.
final class TableDifference {
  /// The flags by which a file or directory is taken or left out.
  private static final int RULES = Folder.VERDICT | Folder.UNNAMABLE;

  private final Consumer<String> paths;

  private TableDifference(Consumer<String> paths) {
    this.paths = paths;
  }

  /// Gives the paths of the files that are in one of the listings only, that changed, or of which
  /// ignore files say something else.
  ///
  /// @param path the path of the directory, empty or with a trailing `/`
  static void between(
      @Nullable Folder old, @Nullable Folder now, String path, Consumer<String> paths) {
    new TableDifference(paths).compare(old, now, path, false);
  }

  /// @param all whether files count as changed that are the same in both
  private void compare(@Nullable Folder old, @Nullable Folder now, String path, boolean all) {
    if (old == now && !all) {
      return;
    }
    if (old != null && now != null && !all && now.hasEntriesOf(old)) {
      for (int i = 0; i < now.size(); i++) {
        if (now.kind(i) == Entry.Kind.DIRECTORY) {
          compare(old.child(i), now.child(i), path + now.name(i) + "/", false);
        }
      }
      return;
    }
    int i = 0;
    int j = 0;
    int oldSize = old == null ? 0 : old.size();
    int size = now == null ? 0 : now.size();
    while (i < oldSize || j < size) {
      int order =
          old == null || i == oldSize ? 1 : now == null || j == size ? -1 : order(old, i, now, j);
      if (order != 0) {
        only(order < 0 ? old : now, order < 0 ? i : j, path);
      } else if (old != null && now != null) {
        both(old, i, now, j, path, all);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  }

  private static int order(Folder old, int i, Folder now, int j) {
    return Arrays.compareUnsigned(
        old.names, old.start(i), old.ends[i], now.names, now.start(j), now.ends[j]);
  }

  private void only(@Nullable Folder folder, int i, String path) {
    if (folder == null) {
      return;
    }
    switch (folder.kind(i)) {
      case FILE -> paths.accept(path + folder.name(i));
      case DIRECTORY -> compare(null, folder.child(i), path + folder.name(i) + "/", true);
      case UNREADABLE -> {}
    }
  }

  private void both(Folder old, int i, Folder now, int j, String path, boolean all) {
    boolean isOther = all || ((old.flags[i] ^ now.flags[j]) & RULES) != 0;
    if (old.kind(i) != now.kind(j)) {
      only(old, i, path);
      only(now, j, path);
    } else if (now.kind(j) == Entry.Kind.DIRECTORY) {
      compare(old.child(i), now.child(j), path + now.name(j) + "/", isOther);
    } else if (isOther || old.stamps[i] != now.stamps[j]) {
      paths.accept(path + now.name(j));
    }
  }
}
