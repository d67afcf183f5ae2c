package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.FileCatalog;
import dev.homeport.search.trigram.build.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What an index must take in to be that of the files of a table.
///
/// @param changed files that are to be read
/// @param gone paths that are to be forgotten
/// @param hasMore whether there are files that changed just now: what might change once more
///   without a later time of change is left for the next look
record Outdated(List<SourceFile> changed, List<String> gone, boolean hasMore) {
  Outdated {
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
  }

  /// Compares a table with the files of an index, if there is one.
  static Outdated of(FileTable table, @Nullable FileCatalog catalog) {
    var changed = new ArrayList<SourceFile>();
    boolean[] isThere = new boolean[catalog == null ? 0 : catalog.size()];
    boolean[] hasMore = {false};
    long now = FileTable.now();
    table.each((file, time) -> {
      OptionalInt number = catalog == null ? OptionalInt.empty() : catalog.find(file.path());
      if (number.isPresent()) {
        isThere[number.getAsInt()] = true;
      }
      if (file.bytes() > 0 && !isKnown(catalog, number, file)) {
        if (FileTable.isHot(time, now)) {
          hasMore[0] = true;
        } else {
          changed.add(new SourceFile(file.path(), IndexView.fingerprint(file)));
        }
      }
    });
    var gone = new ArrayList<String>();
    for (int i = 0; i < isThere.length; i++) {
      if (!isThere[i] && catalog != null) {
        gone.add(catalog.path(i));
      }
    }
    return new Outdated(changed, gone, hasMore[0]);
  }

  private static boolean isKnown(@Nullable FileCatalog catalog, OptionalInt number, TreeFile file) {
    return catalog != null
        && number.isPresent()
        && catalog.fingerprint(number.getAsInt()).equals(IndexView.fingerprint(file));
  }

  /// Whether there is nothing to take in now.
  boolean isEmpty() {
    return changed.isEmpty() && gone.isEmpty();
  }
}
