package dev.homeport.search.live;

import dev.homeport.search.live.Snapshot.Freshness;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of a tree, kept in memory and brought up to date before each answer.
///
/// While a watch stands, an answer takes what the system told since the last one: some 20 µs if
/// nothing changed. Where events are lost or not to be had, all files are asked for instead, and
/// the answer says why. Either way it holds each change that was made before the question by a
/// program that raises an event; writes through memory maps and by other hosts raise none. Linux
/// only. Thread-safe; questions that wait for one another share one answer. Close it to give back
/// threads and descriptors.
public final class LiveTree implements AutoCloseable {
  /// When to look again at a tree that was too large.
  private static final Duration LARGE_AGAIN = Duration.ofMinutes(10);

  /// More files with several names are not asked for one by one.
  private static final int MAX_SHARED = 512;

  /// The kernel has a limit for all programs of a user, so that we leave something to the others.
  private static final int MAX_WATCHES = 100_000;

  private final Path root;
  private final @Nullable Path image;
  private final OutsideRules outside;
  private final WatchKeeper keeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong askedFresh = new AtomicLong();

  // Guarded by the lock.
  private long answered;
  private long answeredFresh;
  private @Nullable Snapshot latest;
  private @Nullable TableImage earlier;
  private @Nullable String doubt;
  private boolean areRulesNew;
  private long tooLargeUntil = System.nanoTime();
  private boolean isClosed;

  private volatile boolean isReady;

  private LiveTree(Path root, @Nullable Path image, boolean keepsUp, int maxWatches) {
    this.root = root;
    this.image = image;
    this.outside = new OutsideRules(root);
    this.keeper = new WatchKeeper(maxWatches, keepsUp ? this::look : null);
  }

  /// Begins to read the tree below a root that the caller trusts; empty where this is no Linux.
  ///
  /// @param image where an earlier process may have left a [TableImage], or null
  public static Optional<LiveTree> of(Path root, @Nullable Path image) {
    if (!Syscalls.areSupported()) {
      return Optional.empty();
    }
    var tree = new LiveTree(root, image, true, MAX_WATCHES);
    Thread.ofPlatform().daemon().name("live-tree-start").start(tree::look);
    return Optional.of(tree);
  }

  /// A tree that is read when it is asked for, and only then.
  public static LiveTree onDemand(Path root) {
    return onDemand(root, MAX_WATCHES);
  }

  static LiveTree onDemand(Path root, int maxWatches) {
    return new LiveTree(root, null, false, maxWatches);
  }

  /// Whether the tree was read once, so that an answer need not wait for that.
  public boolean isReady() {
    return isReady;
  }

  /// The tree as it is now, or was at some moment after this call began.
  ///
  /// @throws IOException if the root is gone or cannot be read, or holds too much
  /// @throws InterruptedException if the thread was interrupted
  public Snapshot snapshot() throws IOException, InterruptedException {
    return answer(asked.incrementAndGet(), 0);
  }

  /// The same, with all files asked for whatever events say.
  public Snapshot fresh() throws IOException, InterruptedException {
    return answer(asked.incrementAndGet(), askedFresh.incrementAndGet());
  }

  private Snapshot answer(long ticket, long freshTicket) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isClosed) {
        throw new IllegalStateException("the live tree is closed");
      }
      // Whoever had the lock before may have begun after we came.
      if (latest == null || answered < ticket || answeredFresh < freshTicket) {
        long all = asked.get();
        long allFresh = askedFresh.get();
        latest = refresh(latest, allFresh > answeredFresh);
        isReady = true;
        answered = all;
        answeredFresh = allFresh;
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  private Snapshot refresh(@Nullable Snapshot before, boolean isFresh)
      throws IOException, InterruptedException {
    if (tooLargeUntil - System.nanoTime() > 0) {
      throw new TreeTooLargeException();
    }
    if (before == null) {
      return first();
    }
    areRulesNew |= outside.refresh();
    FileTable table = before.table();
    // Until this has come to its end, what it took from the queue may be lost.
    String doubtBefore = doubt;
    doubt = "the last look did not end";
    List<String> excludes = outside.changedExcludes(table.repositories());
    List<String> shared = table.flagged(Folder.HAS_SHARED, Folder.SHARED);
    TreeWatch watch = keeper.watch();
    String reason = isFresh ? "it was asked for" : doubtBefore;
    reason = reason == null ? reason(table, shared.size()) : reason;
    if (reason != null || watch == null) {
      return sweep(table, reason == null ? keeper.weakness() : reason);
    }
    TreeWatch.Events events = watch.drain();
    if (events.lost() != null) {
      return sweep(table, events.lost());
    }
    boolean isNothing = events.changes().isEmpty() && excludes.isEmpty() && shared.isEmpty();
    if (isNothing) {
      doubt = null;
      return new Snapshot(table, new Freshness.Events());
    }
    return update(table, watch, events, excludes, shared);
  }

  private Snapshot first() throws IOException, InterruptedException {
    TableImage found = image == null ? null : read(image);
    if (found != null) {
      outside.assume(found.table().outside());
    }
    areRulesNew = outside.refresh();
    FileTable table = found == null ? null : found.table();
    Snapshot swept = sweep(table, false, "it is the first look at the tree");
    earlier = found;
    return swept;
  }

  private @Nullable TableImage read(Path file) {
    try {
      return TableImage.read(file, root).orElse(null);
    } catch (IOException e) {
      System.getLogger(LiveTree.class.getName()).log(Level.DEBUG, "table=unreadable", e);
      return null;
    }
  }

  /// What an earlier process kept, if the first look began with it; once.
  public Optional<TableImage> takeEarlier() {
    lock.lock();
    try {
      TableImage taken = earlier;
      earlier = null;
      return Optional.ofNullable(taken);
    } finally {
      lock.unlock();
    }
  }

  /// Why events are not enough, or null if they are.
  private @Nullable String reason(FileTable table, int shared) throws IOException {
    if (keeper.watch() == null) {
      return keeper.weakness();
    }
    if (areRulesNew) {
      return "ignore rules outside of the tree changed";
    }
    if (shared > MAX_SHARED) {
      return shared + " files have more than one name";
    }
    return isRoot(table) ? null : "the root is another directory";
  }

  private boolean isRoot(FileTable table) throws IOException {
    try (var calls = Syscalls.borrow()) {
      Stat stat = calls.statFollowing(root.toString().getBytes(StandardCharsets.UTF_8));
      if (stat == null) {
        throw new NoSuchFileException("the root of the tree");
      }
      Folder.Facts facts = table.root().facts;
      return stat.inode() == facts.inode() && stat.device() == facts.device();
    }
  }

  private Snapshot update(
      FileTable table,
      TreeWatch watch,
      TreeWatch.Events events,
      List<String> excludes,
      List<String> shared)
      throws IOException, InterruptedException {
    try (OpenDirectory top = OpenDirectory.root(root)) {
      var update = new TableUpdate(table, watch, top, outside.above(), table.generation() + 1);
      update.add(events);
      update.addFiles(shared);
      update.addRules(excludes);
      update.apply();
      doubt = update.isUnique() ? null : "a directory was seen at two places";
      return new Snapshot(after(table, update.root()), new Freshness.Events());
    }
  }

  private FileTable after(@Nullable FileTable table, Folder root) {
    if (table != null && table.root() == root) {
      return table;
    }
    return new FileTable(root, table == null ? 1 : table.generation() + 1, outside.states());
  }

  private Snapshot sweep(FileTable table, String reason) throws IOException, InterruptedException {
    return sweep(table, true, reason);
  }

  /// @param isOwn whether this process made the table
  private Snapshot sweep(@Nullable FileTable table, boolean isOwn, String reason)
      throws IOException, InterruptedException {
    TreeWatch current = keeper.open();
    if (current != null) {
      current.drain(); // what it tells of, the sweep will see
    }
    long since = Stat.now();
    try (OpenDirectory top = OpenDirectory.root(root)) {
      int generation = table == null ? 1 : table.generation() + 1;
      var scan = new TreeScan(new FolderReader(generation, current, isOwn));
      var place =
          new TreeScan.Place(
              "", table == null ? null : table.root(), outside.above(), !areRulesNew);
      Folder listing = scan.scan(top, place);
      areRulesNew = false;
      doubt = current == null ? null : keeper.settle(current, listing);
      FileTable swept = after(table, listing);
      outside.read(swept.repositories(), since);
      return new Snapshot(swept, new Freshness.Sweep(reason));
    } catch (TreeTooLargeException e) {
      tooLargeUntil = System.nanoTime() + LARGE_AGAIN.toNanos();
      keeper.drop();
      throw e;
    }
  }

  private void look() {
    try {
      snapshot();
    } catch (IOException | IllegalStateException e) {
      // Whoever asks next is told.
      System.getLogger(LiveTree.class.getName()).log(Level.DEBUG, "look=failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives back all that the tree holds.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      keeper.drop();
    } finally {
      lock.unlock();
    }
  }
}
