package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableProbe;
import dev.homeport.search.live.TableWalk;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.trigram.UnusableIndexException;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The files of a workspace with an index of their trigrams, so that [Grep] opens only files, and
/// of these reads only parts, in which a pattern can match.
///
/// The index is made in the background and follows the files; of several processes on one workspace
/// one writes it, the others read it, and another takes over when that one dies. Answers never
/// depend on it: files that are not indexed in the state that they have are searched whole. It is
/// derived, and made again when it is lost or damaged. Thread-safe.
public final class IndexedFiles implements AutoCloseable {
  private static final int MOST_SCOPES = 16;

  private final Path root;
  private final LiveFiles files;
  private final IndexKeeper keeper;

  /// Shared by all that are made of one another.
  private final ConcurrentMap<Scope, Counted> counted;

  /// Where a search looks.
  private record Scope(TreeFilter filter, WorkspacePath start) {}

  /// What is the same for all searches of a scope.
  ///
  /// @param skipped what a walk leaves out, as far as the table tells
  /// @param elsewhere directories that the table does not hold
  private record Counted(
      Object comparison,
      FileTable table,
      Skipped skipped,
      List<String> elsewhere,
      WantedFiles wanted) {
    boolean isOf(IndexView view, FileTable now) {
      return table.equals(now) && comparison.equals(view.comparison());
    }
  }

  private IndexedFiles(
      Path root, LiveFiles files, IndexKeeper keeper, ConcurrentMap<Scope, Counted> counted) {
    this.root = root;
    this.files = files;
    this.keeper = keeper;
    this.counted = counted;
  }

  /// Begins to index the files of a workspace, or to read an index that is there.
  ///
  /// @param files the same files; they are not closed with this
  /// @param cache the directory of the index, outside of the workspace; made if it is missing
  public static IndexedFiles of(Workspace workspace, LiveFiles files, Path cache) {
    return of(workspace, files, cache, IndexKeeper.WORTH_FILES);
  }

  /// The same, for trees with at least so many files, or a good many bytes.
  static IndexedFiles of(Workspace workspace, LiveFiles files, Path cache, int worthFiles) {
    var keeper = new IndexKeeper(workspace.root(), files, cache, worthFiles);
    keeper.start();
    return new IndexedFiles(workspace.root(), files, keeper, new ConcurrentHashMap<>());
  }

  /// Waits until all files are indexed that can be.
  ///
  /// @return whether they were, within that time
  public boolean awaitIndexed(Duration limit) throws InterruptedException {
    return keeper.awaitIndexed(limit);
  }

  /// The same, with all files asked for at each question: see [LiveFiles#fresh].
  public IndexedFiles fresh() {
    return new IndexedFiles(root, files.fresh(), keeper, counted);
  }

  /// The same for one question, so that [#sweepReason] is about that one.
  public IndexedFiles view() {
    return new IndexedFiles(root, files.view(), keeper, counted);
  }

  /// Why all files were asked for at the last question: see [LiveFiles#sweepReason].
  public Optional<String> sweepReason() {
    return files.sweepReason();
  }

  /// What is indexed.
  public IndexStatus status() {
    return keeper.status();
  }

  /// The files in which something may match.
  CandidateSource candidates(SourceRequest request) throws IOException, InterruptedException {
    keeper.awaitEarlierIndex();
    Optional<FileTable> now = files.table();
    boolean isOpen = request.grams().isEmpty() || request.grams().get().isOpen();
    if (now.isEmpty() || isOpen) {
      return files.candidates(now, request);
    }
    keeper.queryBegins();
    try (IndexView view = keeper.view()) {
      Optional<TableProbe> probe = IndexedSource.probe(now.get(), request);
      if (view != null && probe.isPresent()) {
        return indexed(view, now.get(), request, probe.get());
      }
    } catch (UnusableIndexException e) {
      keeper.renew(e);
    } finally {
      keeper.queryEnds();
    }
    return files.candidates(now, request);
  }

  private IndexedSource indexed(
      IndexView view, FileTable now, SourceRequest request, TableProbe probe)
      throws IOException, InterruptedException {
    Counted known = counted(view, now, request);
    var elsewhere = new ArrayList<TreeFile>();
    var walk = new TableWalk(root, now, request.filter(), Interest.NONE, elsewhere::add);
    walk.onDisk(known.elsewhere);
    Skipped skipped = known.skipped.and(skipped(walk));
    return IndexedSource.of(view, now, request, probe, elsewhere, skipped, known.wanted);
  }

  private Counted counted(IndexView view, FileTable now, SourceRequest request)
      throws IOException, InterruptedException {
    var scope = new Scope(request.filter(), request.start());
    Counted known = counted.get(scope);
    if (known == null || !known.isOf(view, now)) {
      var walk = new TableWalk(root, now, request.filter(), Interest.NONE, _ -> {});
      walk.deferDisk();
      walk.from(request.start());
      known =
          new Counted(
              view.comparison(),
              now,
              skipped(walk),
              List.copyOf(walk.deferred()),
              new WantedFiles(view.knownFiles()));
      if (counted.size() >= MOST_SCOPES) {
        counted.clear();
      }
      counted.put(scope, known);
    }
    return known;
  }

  private static Skipped skipped(TableWalk walk) {
    return new Skipped(walk.ignored(), walk.hidden(), 0, walk.unreadable(), walk.unnamable(), 0);
  }

  /// Gives back the index and ends the work in the background.
  @Override
  public void close() {
    keeper.close();
  }
}
