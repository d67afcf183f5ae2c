package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableWalk;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.tree.TreeWalk;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every file that a walk of the tree would find, from a table of it.
///
/// @param interest leaves out files that are of no interest by their names
record TableSource(
    Path root,
    FileTable table,
    WorkspacePath start,
    TreeFilter filter,
    Interest interest,
    FileOrder order)
    implements CandidateSource {
  @Override
  public Skipped feed(Visitor visitor) throws IOException, InterruptedException {
    return switch (order) {
      case PATH -> walk(file -> visitor.candidate(file, List.of()));
      case MODIFIED -> {
        var files = new ArrayList<TreeFile>();
        Skipped skipped = walk(files::add);
        for (TreeFile file : LastChangedFirst.sort(files)) {
          visitor.candidate(file, List.of());
        }
        yield skipped;
      }
    };
  }

  private Skipped walk(TreeWalk.Visitor visitor) throws IOException, InterruptedException {
    var walk = new TableWalk(root, table, filter, interest, visitor);
    walk.from(start);
    return new Skipped(walk.ignored(), walk.hidden(), 0, walk.unreadable(), walk.unnamable(), 0);
  }
}
