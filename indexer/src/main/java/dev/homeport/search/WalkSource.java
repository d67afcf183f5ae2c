package dev.homeport.search;

import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.tree.TreeWalk;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/// Every file that a walk of the tree finds.
record WalkSource(Path root, WorkspacePath start, TreeFilter filter, FileOrder order)
    implements CandidateSource {
  private static final Comparator<TreeFile> LAST_CHANGED_FIRST =
      Comparator.comparingLong(TreeFile::modified).reversed().thenComparing(TreeFile::path);

  @Override
  public Skipped feed(TreeWalk.Visitor visitor) throws IOException, InterruptedException {
    return switch (order) {
      case PATH -> walk(visitor);
      case MODIFIED -> {
        var files = new ArrayList<TreeFile>();
        Skipped skipped = walk(files::add);
        files.sort(LAST_CHANGED_FIRST);
        for (TreeFile file : files) {
          visitor.file(file);
        }
        yield skipped;
      }
    };
  }

  private Skipped walk(TreeWalk.Visitor visitor) throws IOException, InterruptedException {
    var walk = new TreeWalk(root, filter, visitor);
    walk.from(start);
    return new Skipped(walk.ignored(), walk.hidden(), 0, walk.unreadable(), walk.unnamable(), 0);
  }
}
