package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.tree.TreeFilter.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tells of single paths whether a [TableWalk] would come to them. For one thread.
public final class TableProbe {
  private final TreeFilter filter;
  private final String start;

  /// The directories that were looked at; empty for those that a walk does not enter.
  private final Map<String, Optional<Folder>> directories = new HashMap<>();

  /// A probe for walks that begin in a directory.
  ///
  /// @param start its path, empty or with a trailing `/`; the table must hold its listing
  public TableProbe(FileTable table, TreeFilter filter, String start) {
    this.filter = filter;
    this.start = start;
    directories.put(start, Optional.ofNullable(table.folder(start)).filter(Folder::isListing));
  }

  /// Whether the table holds what is in the directory at which walks begin.
  public boolean canStart() {
    return directories.getOrDefault(start, Optional.empty()).isPresent();
  }

  /// The file at a path, if a walk gives it.
  public Optional<TreeFile> file(String path) {
    if (!path.startsWith(start)) {
      return Optional.empty();
    }
    int slash = path.lastIndexOf('/');
    Folder folder = directory(path.substring(0, slash + 1)).orElse(null);
    int at = folder == null ? -1 : folder.find(path.substring(slash + 1));
    return folder != null && at >= 0 && isTaken(folder, at, path, Entry.Kind.FILE)
        ? Optional.of(folder.file(at, path))
        : Optional.empty();
  }

  private Optional<Folder> directory(String path) {
    Optional<Folder> known = directories.get(path);
    if (known == null) {
      known = enter(path.substring(0, path.length() - 1));
      directories.put(path, known);
    }
    return known;
  }

  private Optional<Folder> enter(String path) {
    int slash = path.lastIndexOf('/');
    Folder above = directory(path.substring(0, slash + 1)).orElse(null);
    int at = above == null ? -1 : above.find(path.substring(slash + 1));
    return above != null && at >= 0 && isTaken(above, at, path, Entry.Kind.DIRECTORY)
        ? Optional.ofNullable(above.listing(at))
        : Optional.empty();
  }

  private boolean isTaken(Folder folder, int at, String path, Entry.Kind kind) {
    if (folder.kind(at) != kind || folder.is(Folder.UNNAMABLE, at)) {
      return false;
    }
    Decision decision =
        filter.isPlain()
            ? filter.decide(folder.verdict(at), folder.is(Folder.DOT, at))
            : filter.decide(
                folder.verdict(at),
                path,
                path.substring(path.lastIndexOf('/') + 1),
                kind == Entry.Kind.DIRECTORY);
    return decision == Decision.TAKE;
  }
}
