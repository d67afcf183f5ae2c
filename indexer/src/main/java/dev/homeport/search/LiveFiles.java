package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.LiveTree;
import dev.homeport.search.live.Snapshot;
import dev.homeport.search.live.Snapshot.Freshness;
import dev.homeport.search.live.TableImage;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The files of a workspace, kept in memory and watched, so that [Glob] and [Grep] need no walk.
///
/// Answers are those of a walk at that moment. Where the system does not tell of changes, all files
/// are asked for their time of change instead; where this is no Linux, the tree is walked. It has
/// threads and open descriptors until it is closed. Thread-safe.
public final class LiveFiles implements AutoCloseable {
  private final Path root;
  private final Optional<LiveTree> tree;
  private final boolean isFresh;
  private volatile Optional<String> sweepReason = Optional.empty();

  private LiveFiles(Path root, Optional<LiveTree> tree, boolean isFresh) {
    this.root = root;
    this.tree = tree;
    this.isFresh = isFresh;
  }

  /// Begins to read the files of a workspace, on another thread.
  public static LiveFiles of(Workspace workspace) {
    return new LiveFiles(workspace.root(), LiveTree.of(workspace.root(), null), false);
  }

  /// The same, beginning with what an earlier process knew.
  ///
  /// @param index the directory of the index of the same workspace
  public static LiveFiles of(Workspace workspace, Path index) {
    Optional<LiveTree> tree = LiveTree.of(workspace.root(), KeptTable.file(index));
    return new LiveFiles(workspace.root(), tree, false);
  }

  /// The same files, all asked for at each question, for writers of which the system does not tell:
  /// memory maps, other hosts, hard links from outside. Closing it closes both.
  public LiveFiles fresh() {
    return new LiveFiles(root, tree, true);
  }

  /// The same files for one question, so that [#sweepReason] is about that one. Closing it closes
  /// both.
  public LiveFiles view() {
    return new LiveFiles(root, tree, isFresh);
  }

  /// Why all files were asked for at the last question; empty if what the system told was enough.
  public Optional<String> sweepReason() {
    return sweepReason;
  }

  /// Waits until the files were read once; until then they are walked.
  ///
  /// @return whether they were, within that time
  public boolean awaitReady(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isReady() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return isReady();
  }

  private boolean isReady() {
    return tree.map(LiveTree::isReady).orElse(false);
  }

  /// The files with what changed until now.
  CandidateSource candidates(SourceRequest request) throws IOException, InterruptedException {
    return candidates(table(), request);
  }

  /// The wanted files of a table, or found by a walk if there is none.
  CandidateSource candidates(Optional<FileTable> table, SourceRequest request)
      throws IOException, InterruptedException {
    return table.isPresent()
        ? TableSource.of(root, table.get(), request)
        : new WalkSource(root, request.start(), request.filter(), request.order());
  }

  /// All files with what changed until now, unless they were not read yet or cannot be.
  @SuppressWarnings("exports") // for ranked search, which is in this module
  public Optional<FileTable> table() throws InterruptedException {
    if (isReady()) {
      try {
        LiveTree live = tree.orElseThrow();
        Snapshot now = isFresh ? live.fresh() : live.snapshot();
        sweepReason =
            switch (now.freshness()) {
              case Freshness.Events _ -> Optional.empty();
              case Freshness.Sweep(String reason) -> Optional.of(reason);
            };
        return Optional.of(now.table());
      } catch (IOException e) {
        // A walk has the right words for what is wrong with the tree, if anything is.
        System.getLogger(LiveFiles.class.getName()).log(System.Logger.Level.DEBUG, "table=none", e);
      }
    }
    return Optional.empty();
  }

  /// What an earlier process kept, if there was anything; once.
  Optional<TableImage> takeEarlier() {
    return tree.flatMap(LiveTree::takeEarlier);
  }

  @Override
  public void close() {
    tree.ifPresent(LiveTree::close);
  }
}
