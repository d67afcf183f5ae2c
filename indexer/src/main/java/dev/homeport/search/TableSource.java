package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableWalk;
import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every file that a walk of the tree would find, from a table of it.
///
/// @param files the files in the wanted order
record TableSource(List<TreeFile> files, Skipped skipped) implements CandidateList {
  /// The files that a request wants.
  static TableSource of(Path root, FileTable table, SourceRequest request)
      throws IOException, InterruptedException {
    var files = new ArrayList<TreeFile>();
    var walk = new TableWalk(root, table, request.filter(), request.interest(), files::add);
    walk.from(request.start());
    var skipped =
        new Skipped(walk.ignored(), walk.hidden(), 0, walk.unreadable(), walk.unnamable(), 0);
    return switch (request.order()) {
      case PATH -> new TableSource(files, skipped);
      case MODIFIED -> new TableSource(LastChangedFirst.sort(files), skipped);
    };
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Candidate get(int index) {
    return new Candidate(files.get(index), List.of());
  }
}
