package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.FileCatalog;
import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.search.trigram.UnusableIndexException;
import dev.homeport.search.trigram.build.SourceFile;
import dev.homeport.search.trigram.build.TrigramWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps an index of the trigrams of a tree, on a thread of its own.
///
/// Every half a second it looks whether it can become the writer, whether files changed, and
/// whether another process committed something. Thread-safe.
final class IndexKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(IndexKeeper.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_START = Duration.ofSeconds(3);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  /// Fewer files than that are searched as fast as an index is asked.
  static final int WORTH_FILES = 400;

  private static final long WORTH_BYTES = 8L << 20;

  /// So many changed files are searched at each query before the view is made anew.
  private static final int MOST_CHANGED = 200;

  /// How long reading waits for queries, in milliseconds for each file.
  private static final int LONGEST_BREAK = 20;

  private final Path root;
  private final LiveFiles files;
  private final Path directory;
  private final int worthFiles;
  private final Thread thread;
  private final AtomicInteger queries = new AtomicInteger();
  private final Object viewLock = new Object();
  private @Nullable IndexView view; // guarded by viewLock
  private volatile boolean isBroken;
  private volatile IndexStatus.State state = IndexStatus.State.STARTING;

  // Used by the thread alone.
  private @Nullable TrigramWriter writer;
  private @Nullable TrigramIndex index;
  private volatile boolean isWriter;

  /// The table up to which was written, and whether something of it was too young for that.
  private @Nullable FileTable written;

  private boolean hasMore;

  /// @param worthFiles from how many files on there is an index
  IndexKeeper(Path root, LiveFiles files, Path directory, int worthFiles) {
    this.worthFiles = worthFiles;
    this.root = root;
    this.files = files;
    this.directory = directory;
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
    LOG.log(Level.WARNING, "index=damaged reason={0}", reason.getMessage());
    isBroken = true;
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

  boolean awaitIndexed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isDone() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return isDone();
  }

  private boolean isDone() {
    return state == IndexStatus.State.READY || state == IndexStatus.State.NOT_NEEDED;
  }

  IndexStatus status() {
    synchronized (viewLock) {
      return view == null
          ? new IndexStatus(state, 0, 0, isWriter)
          : new IndexStatus(state, view.knownFiles(), view.unknownFiles(), isWriter);
    }
  }

  private void setView(@Nullable IndexView next) {
    IndexView old;
    synchronized (viewLock) {
      old = view;
      view = next;
    }
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "index=view not closed", e);
      }
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
          LOG.log(isNews ? Level.WARNING : Level.DEBUG, "index=unavailable, files are scanned", e);
          state = IndexStatus.State.UNAVAILABLE;
          pause = PAUSE_AFTER_FAILURE;
        }
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "index=closed");
    } finally {
      giveUp();
    }
  }

  /// @return whether there is more to do at once
  private boolean step() throws IOException, InterruptedException {
    if (isBroken) {
      startAnew();
    }
    files.awaitReady(LONGEST_START);
    Optional<FileTable> now = files.table();
    if (now.isEmpty()) {
      state = IndexStatus.State.UNAVAILABLE; // so that nobody waits; the next look may find a table
      return false;
    }
    FileTable table = now.get();
    if (writer == null && index == null && !isWorthIt(table)) {
      state = IndexStatus.State.NOT_NEEDED;
      return false;
    }
    boolean isNew = openIndex();
    if (writer == null) {
      writer = TrigramWriter.open(directory, root.toString()).orElse(null);
      isWriter = writer != null;
    }
    if (isNew || isOutdated(table)) {
      compare(table);
    }
    boolean isToLook = hasMore || !table.equals(written);
    boolean hasWritten = writer != null && isToLook && write(writer, table);
    boolean isFresh = index != null && index.refresh();
    if (hasWritten && index == null) {
      isFresh = openIndex();
    }
    if (isFresh) {
      compare(table);
    }
    state = hasWritten || view == null ? IndexStatus.State.UPDATING : IndexStatus.State.READY;
    return hasWritten;
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

  private boolean openIndex() throws IOException {
    if (index != null) {
      return false;
    }
    index = TrigramIndex.open(directory, root.toString()).orElse(null);
    return index != null;
  }

  private void startAnew() throws IOException {
    if (index != null) {
      index.close();
      index = null;
    }
    if (writer != null) {
      writer.close();
    }
    writer = TrigramWriter.openEmpty(directory, root.toString()).orElse(null);
    isWriter = writer != null;
    written = null;
    isBroken = false;
  }

  private boolean isOutdated(FileTable table) {
    synchronized (viewLock) {
      return view != null
          && view.table().generation() != table.generation()
          && table.changedSince(view.table()).size() > MOST_CHANGED;
    }
  }

  private void compare(FileTable table) {
    if (index != null) {
      setView(IndexView.join(table, index.snapshot()));
    }
  }

  /// Brings the index up to date with the files of a table.
  ///
  /// @return whether there was anything to do
  private boolean write(TrigramWriter to, FileTable table)
      throws IOException, InterruptedException {
    var changed = new ArrayList<SourceFile>();
    var gone = new ArrayList<String>();
    if (index == null) {
      collect(table, null, changed, gone);
    } else {
      try (TrigramSnapshot snapshot = index.snapshot()) {
        collect(table, snapshot.catalog(), changed, gone);
      }
    }
    written = table;
    if (changed.isEmpty() && gone.isEmpty()) {
      return false;
    }
    state = IndexStatus.State.UPDATING;
    int done = to.update(changed, gone, this::tree, (_, _) -> giveWay());
    return done > 0 || !gone.isEmpty();
  }

  private void collect(
      FileTable table, @Nullable FileCatalog catalog, List<SourceFile> changed, List<String> gone) {
    boolean[] isThere = new boolean[catalog == null ? 0 : catalog.size()];
    long now = FileTable.now();
    hasMore = false;
    table.each((file, time) -> {
      OptionalInt number = catalog == null ? OptionalInt.empty() : catalog.find(file.path());
      if (number.isPresent()) {
        isThere[number.getAsInt()] = true;
      }
      if (file.bytes() > 0 && !isKnown(catalog, number, file)) {
        // What might change once more without a later time of change is left for the next look.
        if (FileTable.isHot(time, now)) {
          hasMore = true;
        } else {
          changed.add(new SourceFile(file.path(), IndexView.fingerprint(file)));
        }
      }
    });
    for (int i = 0; i < isThere.length; i++) {
      if (!isThere[i] && catalog != null) {
        gone.add(catalog.path(i));
      }
    }
  }

  private static boolean isKnown(@Nullable FileCatalog catalog, OptionalInt number, TreeFile file) {
    return catalog != null
        && number.isPresent()
        && catalog.fingerprint(number.getAsInt()).equals(IndexView.fingerprint(file));
  }

  private LiveSourceTree tree() {
    try {
      return new LiveSourceTree(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void giveUp() {
    setView(null);
    try {
      if (index != null) {
        index.close();
      }
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "index=not closed", e);
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
