package dev.homeport.search;

import dev.homeport.search.live.FileTable;
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

  private final LatestView view;
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
    this.view = new LatestView(files);
    this.kept = new KeptTable(root, directory);
    this.thread = Thread.ofPlatform().daemon().name("index-keeper").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// The index as it was last compared with the files, to be closed by the caller; null if there is
  /// none.
  @Nullable IndexView view() {
    return view.share();
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
    view.drop();
  }

  /// Waits for an index that an earlier process made, which is there sooner than a scan is done.
  void awaitEarlierIndex() throws InterruptedException {
    if (state != IndexStatus.State.STARTING || !Files.isDirectory(directory)) {
      return;
    }
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (state == IndexStatus.State.STARTING && !view.isThere() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(2);
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
    IndexView now = view();
    if (now == null) {
      return new IndexStatus(state, 0, 0, read.get(), store.isWriter());
    }
    LatestView.close(now);
    return new IndexStatus(
        state, now.knownFiles(), now.unknownFiles(), read.get(), store.isWriter());
  }

  private void run() {
    try {
      while (true) {
        Duration pause = PAUSE;
        try {
          pause = step() ? Duration.ZERO : PAUSE;
        } catch (UnusableIndexException e) {
          endIfInterrupted();
          renew(e);
        } catch (IOException | UncheckedIOException e) {
          endIfInterrupted();
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
      view.drop();
      store.close();
    }
  }

  /// A failure after an interrupt is how some reads answer to that, and tells nothing of the index.
  private static void endIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
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
    if (!view.isThere()) {
      compare(table);
      if (view.isThere()) {
        state = IndexStatus.State.UPDATING;
        return false; // what is left to do would only take time from the first queries
      }
    }
    if (view.isThere()) {
      store.verify();
    }
    if (store.takeWriter()) {
      view.drop();
    }
    if (!view.isThere() || view.isOutdatedBy(table)) {
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
    if (waiting.get() > 0 && !view.isOf(table)) {
      compare(table);
    }
    return view.knowsAllOf(table);
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

  private void compare(FileTable table) {
    store.snapshot().ifPresent(index -> view.compare(table, index));
  }

  private void keep() {
    IndexView now = store.isWriter() ? view() : null;
    if (now != null) {
      kept.keep(now);
      LatestView.close(now);
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
