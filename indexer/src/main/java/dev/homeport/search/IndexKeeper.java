package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableImage;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.search.trigram.UnusableIndexException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps an index of the trigrams of a tree, on a thread of its own.
///
/// Every half a second it looks whether it can become the writer, whether files changed, and
/// whether another process committed something. Thread-safe.
final class IndexKeeper implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_START = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  /// Fewer files than that are searched as fast as an index is asked.
  static final int WORTH_FILES = 400;

  private static final long WORTH_BYTES = 8L << 20;

  /// So many changed files are searched at each query before the view is made anew.
  private static final int MOST_CHANGED = 200;

  /// How long reading waits for queries, in milliseconds for each file.
  private static final int LONGEST_BREAK = 20;

  private final LiveFiles files;
  private final Path directory;
  private final int worthFiles;
  private final Thread thread;
  private final AtomicInteger queries = new AtomicInteger();

  /// Ends a pause early.
  private final Semaphore awake = new Semaphore(0);

  private final AtomicInteger waiting = new AtomicInteger();

  /// How many files were read for the index.
  private final AtomicInteger read = new AtomicInteger();

  private final Object viewLock = new Object();
  private @Nullable IndexView view; // guarded by viewLock
  private volatile boolean isBroken;
  private volatile IndexStatus.State state = IndexStatus.State.STARTING;

  /// The generation of the newest table of which all is in the view that can be.
  private volatile int settled;

  // Used by the thread alone.
  private final IndexStore store;

  private final KeptTable kept;

  /// @param worthFiles from how many files on there is an index
  IndexKeeper(Path root, LiveFiles files, Path directory, int worthFiles) {
    this.worthFiles = worthFiles;
    this.files = files;
    this.directory = directory;
    this.store = new IndexStore(directory, root, () -> tree(root));
    this.kept = new KeptTable(root, directory);
    this.thread = Thread.ofPlatform().daemon().name("index-keeper").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// The index as it was last compared with the files, to be closed by the caller; null if there is
  /// none.
  @Nullable IndexView view() {
    synchronized (viewLock) {
      return view == null ? null : view.share();
    }
  }

  /// A query asks the index now: reading for the index gives way to it.
  void queryBegins() {
    queries.incrementAndGet();
  }

  void queryEnds() {
    queries.decrementAndGet();
  }

  /// Has the index made again, which turned out to be damaged.
  void renew(UnusableIndexException reason) {
    System.getLogger(IndexKeeper.class.getName())
        .log(Level.WARNING, "index=damaged reason={0}", reason.getMessage());
    isBroken = true;
    settled = 0;
    setView(null);
  }

  /// Waits for an index that an earlier process made, which is there sooner than a scan is done.
  void awaitEarlierIndex() throws InterruptedException {
    if (state != IndexStatus.State.STARTING || !Files.isDirectory(directory)) {
      return;
    }
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (state == IndexStatus.State.STARTING && !hasView() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private boolean hasView() {
    synchronized (viewLock) {
      return view != null;
    }
  }

  /// Waits until all that is there when this is called is in the view.
  boolean awaitIndexed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    waiting.incrementAndGet();
    try {
      int asked = Integer.MAX_VALUE;
      while (settled < asked && System.nanoTime() < deadline) {
        if (asked == Integer.MAX_VALUE) {
          asked = files.table().map(FileTable::generation).orElse(Integer.MAX_VALUE);
        }
        awake.release();
        TimeUnit.MILLISECONDS.sleep(5);
      }
      return settled >= asked;
    } finally {
      waiting.decrementAndGet();
    }
  }

  IndexStatus status() {
    synchronized (viewLock) {
      return view == null
          ? new IndexStatus(state, 0, 0, read.get(), store.isWriter())
          : new IndexStatus(
              state, view.knownFiles(), view.unknownFiles(), read.get(), store.isWriter());
    }
  }

  private void setView(@Nullable IndexView next) {
    IndexView old;
    synchronized (viewLock) {
      old = view;
      view = next;
    }
    if (old != null) {
      close(old);
    }
  }

  private static void close(IndexView view) {
    try {
      view.close();
    } catch (IOException e) {
      System.getLogger(IndexKeeper.class.getName()).log(Level.DEBUG, "index=view not closed", e);
    }
  }

  private void run() {
    try {
      while (true) {
        Duration pause = PAUSE;
        try {
          pause = step() ? Duration.ZERO : PAUSE;
        } catch (UnusableIndexException e) {
          renew(e);
        } catch (IOException | UncheckedIOException e) {
          boolean isNews = state != IndexStatus.State.UNAVAILABLE;
          System.getLogger(IndexKeeper.class.getName())
              .log(isNews ? Level.WARNING : Level.DEBUG, "index=unavailable, files are scanned", e);
          state = IndexStatus.State.UNAVAILABLE;
          pause = PAUSE_AFTER_FAILURE;
          store.dropWriter(); // which may have given up for good, as it does on a full disk
        }
        awake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        awake.drainPermits();
      }
    } catch (InterruptedException e) {
      System.getLogger(IndexKeeper.class.getName()).log(Level.DEBUG, "index=closed");
    } finally {
      keep();
      setView(null);
      store.close();
    }
  }

  /// @return whether there is more to do at once
  private boolean step() throws IOException, InterruptedException {
    if (store.isToBeRebuilt()) {
      settled = 0;
    }
    if (isBroken) {
      store.startAnew();
      isBroken = false;
    }
    if (state == IndexStatus.State.STARTING) {
      store.open(); // while the files are read
    }
    files.awaitReady(LONGEST_START);
    Optional<FileTable> now = files.table();
    if (now.isEmpty()) {
      state = IndexStatus.State.UNAVAILABLE; // so that nobody waits; the next look may find a table
      return false;
    }
    FileTable table = now.get();
    if (store.isUnused() && !isWorthIt(table)) {
      state = IndexStatus.State.NOT_NEEDED;
      settled = table.generation();
      return false;
    }
    if (!hasView()) {
      compare(table);
      if (hasView()) {
        state = IndexStatus.State.UPDATING;
        return false; // what is left to do would only take time from the first queries
      }
    }
    if (hasView()) {
      store.verify();
    }
    if (store.takeWriter()) {
      setView(null);
    }
    if (!hasView() || isOutdated(table)) {
      compare(table);
    }
    if (state == IndexStatus.State.STARTING) {
      state = IndexStatus.State.UPDATING; // which may take a while, and nobody is to wait for it
    }
    boolean hasWritten = store.update(table, (_, _) -> fileRead());
    if (store.refresh()) {
      compare(table);
    }
    boolean isSettled = !hasWritten && isSettled(table);
    settled = isSettled ? table.generation() : settled;
    state = isSettled ? IndexStatus.State.READY : IndexStatus.State.UPDATING;
    if (isSettled && kept.isTime()) {
      keep();
    }
    return hasWritten;
  }

  /// Whether there is no more to take in of a table, as far as this process can tell.
  private boolean isSettled(FileTable table) {
    if (!store.isVerified()) {
      return false;
    }
    if (store.isWriter()) {
      return !store.hasMore();
    }
    if (waiting.get() > 0 && !isViewOf(table)) {
      compare(table);
    }
    synchronized (viewLock) {
      return view != null && view.unknownFiles() == 0 && table.changedSince(view.table()).isEmpty();
    }
  }

  private boolean isViewOf(FileTable table) {
    synchronized (viewLock) {
      return view != null && view.table().equals(table);
    }
  }

  private boolean isWorthIt(FileTable table) {
    var files = new AtomicInteger();
    long[] bytes = {0};
    table.each((file, _) -> {
      files.incrementAndGet();
      bytes[0] += file.bytes();
    });
    return files.get() >= worthFiles || bytes[0] >= WORTH_BYTES;
  }

  private boolean isOutdated(FileTable table) {
    synchronized (viewLock) {
      return view != null
          && view.table().generation() != table.generation()
          && table.changedSince(view.table()).size() > MOST_CHANGED;
    }
  }

  private void compare(FileTable table) {
    Optional<TrigramSnapshot> snapshot = store.snapshot();
    if (snapshot.isPresent()) {
      setView(compared(table, snapshot.get()));
    }
  }

  private IndexView compared(FileTable table, TrigramSnapshot index) {
    Optional<TableImage> earlier = image().or(files::takeEarlier);
    return earlier.filter(image -> image.index() == index.version()).isPresent()
        ? IndexView.since(earlier.get(), table, index)
        : IndexView.join(table, index);
  }

  private Optional<TableImage> image() {
    synchronized (viewLock) {
      return Optional.ofNullable(view).map(IndexView::image);
    }
  }

  private void keep() {
    IndexView now = store.isWriter() ? view() : null;
    if (now != null) {
      kept.keep(now);
      close(now);
    }
  }

  private static LiveSourceTree tree(Path root) {
    try {
      return new LiveSourceTree(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fileRead() {
    read.incrementAndGet();
    giveWay();
  }

  private void giveWay() {
    for (int i = 0; i < LONGEST_BREAK && queries.get() > 0; i++) {
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Ends the thread and gives up the index, and waits for that.
  @Override
  public void close() {
    thread.interrupt();
    boolean isInterrupted = false;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
