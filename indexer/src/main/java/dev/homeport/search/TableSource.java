package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableWalk;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  /// The files of a walk.
  private record Files(List<TreeFile> files, Skipped skipped) implements CandidateList {
    @Override
    public int size() {
      return files.size();
    }

    @Override
    public Candidate get(int index) {
      return new Candidate(files.get(index), List.of());
    }
  }

  @Override
  public Skipped feed(Visitor visitor) throws IOException, InterruptedException {
    Files all = files();
    for (TreeFile file : all.files) {
      visitor.candidate(file, List.of());
    }
    return all.skipped;
  }

  @Override
  public Optional<CandidateList> list() throws IOException, InterruptedException {
    return Optional.of(files());
  }

  private Files files() throws IOException, InterruptedException {
    var files = new ArrayList<TreeFile>();
    var walk = new TableWalk(root, table, filter, interest, files::add);
    walk.from(start);
    var skipped =
        new Skipped(walk.ignored(), walk.hidden(), 0, walk.unreadable(), walk.unnamable(), 0);
    return switch (order) {
      case PATH -> new Files(files, skipped);
      case MODIFIED -> new Files(LastChangedFirst.sort(files), skipped);
    };
  }
}
