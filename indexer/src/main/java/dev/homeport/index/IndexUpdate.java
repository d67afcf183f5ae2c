package dev.homeport.index;

import dev.homeport.search.tree.TreeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The difference between the tree and an index.
///
/// @param changed files that the index does not have as they are now, those changed last first
/// @param gone paths that the index has and the tree has not
record IndexUpdate(List<TreeFile> changed, List<String> gone) {
  static final IndexUpdate NOTHING = new IndexUpdate(List.of(), List.of());

  private static final Comparator<TreeFile> LAST_FIRST =
      Comparator.comparingLong(TreeFile::modified).reversed().thenComparing(TreeFile::path);

  /// What an index says of a file as it was read.
  record Stamp(long size, long modified) {
    static Stamp of(TreeFile file) {
      return new Stamp(file.bytes(), file.modified());
    }
  }

  /// Compares the tree with what an index says.
  static IndexUpdate between(Map<String, TreeFile> tree, Map<String, Stamp> indexed) {
    var changed = new ArrayList<TreeFile>();
    tree.forEach((path, file) -> {
      if (!Stamp.of(file).equals(indexed.get(path))) {
        changed.add(file);
      }
    });
    changed.sort(LAST_FIRST);
    Set<String> gone = new HashSet<>(indexed.keySet());
    gone.removeAll(tree.keySet());
    return new IndexUpdate(changed, List.copyOf(gone));
  }

  boolean isEmpty() {
    return changed.isEmpty() && gone.isEmpty();
  }
}
