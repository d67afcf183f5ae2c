package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableImage;
import dev.homeport.search.trigram.TrigramSnapshot;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The index as it was last compared with the files, while one thread compares and others ask.
/// Thread-safe.
final class LatestView {
  /// So many changed files are searched at each query before the view is made anew.
  private static final int MOST_CHANGED = 200;

  private final LiveFiles files;
  private @Nullable IndexView view;

  /// @param files the files that are compared
  LatestView(LiveFiles files) {
    this.files = files;
  }

  /// The view, to be closed by the caller; null if there is none.
  synchronized @Nullable IndexView share() {
    return view == null ? null : view.share();
  }

  synchronized boolean isThere() {
    return view != null;
  }

  /// Whether it is that of a table.
  synchronized boolean isOf(FileTable table) {
    return view != null && view.table().equals(table);
  }

  /// Whether the index has all files of a table as they are.
  synchronized boolean knowsAllOf(FileTable table) {
    return view != null && view.unknownFiles() == 0 && table.changedSince(view.table()).isEmpty();
  }

  /// Whether so much changed that it is worth it to compare again.
  synchronized boolean isOutdatedBy(FileTable table) {
    return view != null
        && view.table().generation() != table.generation()
        && table.changedSince(view.table()).size() > MOST_CHANGED;
  }

  /// Compares a table with an index, which this takes over: with what changed, if the index is that
  /// which was compared last, also by an earlier process.
  void compare(FileTable table, TrigramSnapshot index) {
    Optional<TableImage> earlier = image().or(files::takeEarlier);
    boolean isSameIndex = earlier.filter(image -> image.index() == index.version()).isPresent();
    replace(
        isSameIndex
            ? IndexView.since(earlier.orElseThrow(), table, index)
            : IndexView.join(table, index));
  }

  private synchronized Optional<TableImage> image() {
    return Optional.ofNullable(view).map(IndexView::image);
  }

  /// Gives the view up, as its index is gone.
  void drop() {
    replace(null);
  }

  private void replace(@Nullable IndexView next) {
    IndexView old;
    synchronized (this) {
      old = view;
      view = next;
    }
    if (old != null) {
      close(old);
    }
  }

  /// Closes a view that was shared.
  static void close(IndexView view) {
    try {
      view.close();
    } catch (IOException e) {
      System.getLogger(LatestView.class.getName()).log(Level.DEBUG, "index=view not closed", e);
    }
  }
}
