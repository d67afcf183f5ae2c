package dev.homeport.index;

import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/// Brings the index up to the files, those changed last first, on a thread that ends when nothing
/// is left to do.
///
/// It commits every few seconds, so that what was done is searched and outlives the process, and
/// holds Lucene's write lock only while there is something to do. Thread-safe; close it after use.
final class IndexBuilder implements AutoCloseable {
  /// So many files are read from one report of progress to the next.
  private static final int REPORTED = 500;

  private static final Duration COMMIT_EVERY = Duration.ofSeconds(3);
  private static final Duration WRITER_LIMIT = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /// How long reading waits for a search, in milliseconds for each file.
  private static final int LONGEST_BREAK = 20;

  private final CommittedIndex index;
  private final Directory directory;
  private final Analyzer analyzer;
  private final TreeTexts texts;
  private final Path root;
  private final AtomicInteger searches = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  // Guarded by the lock.
  private Map<String, TreeFile> tree = Map.of();
  private Deque<TreeFile> work = new ArrayDeque<>();
  private Set<String> backlog = Set.of();
  private int urgent;
  private boolean isUrgentCommitted = true;
  private boolean isReading;

  /// Whether files went that are still in the index: they are taken out when it is written next.
  private boolean isGoneLeft;

  private int done;

  /// How many of those that are done are committed.
  private int committed;

  private boolean isRunning;
  private boolean isClosed;
  private @Nullable IOException failure;

  IndexBuilder(
      CommittedIndex index, Directory directory, Analyzer analyzer, TreeTexts texts, Path root) {
    this.index = index;
    this.directory = directory;
    this.analyzer = analyzer;
    this.texts = texts;
    this.root = root;
  }

  /// Has the index brought up to a tree, and waits for it: for all of it or, if it was being done
  /// already, for what changed since.
  ///
  /// @return how many files are missing in the index; it goes on with them
  /// @throws IOException if the index cannot be written
  int bringUpTo(Map<String, TreeFile> now, Duration limit, IndexProgress progress)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      IndexUpdate update = index.update(now);
      if (update.isEmpty() && !isRunning) {
        return 0;
      }
      tree = now;
      boolean wasRunning = isRunning;
      if (wasRunning) {
        putFirst(update.changed());
        isGoneLeft = !update.gone().isEmpty();
      }
      start();
      await(limit, wasRunning, progress);
      if (failure != null && !isRunning) {
        throw new IOException("the index cannot be written", failure);
      }
      return isRunning ? missing() : index.update(now).changed().size();
    } finally {
      lock.unlock();
    }
  }

  /// Changes what is to be done: what was not to be done before comes first.
  private void putFirst(List<TreeFile> changed) {
    var fresh = new ArrayDeque<TreeFile>();
    var rest = new ArrayDeque<TreeFile>();
    for (TreeFile file : changed) {
      (backlog.contains(file.path()) ? rest : fresh).add(file);
    }
    // Another search may be waiting for a commit still.
    isUrgentCommitted &= fresh.isEmpty();
    // The file that is being read is the next one to be done.
    urgent = fresh.isEmpty() ? 0 : fresh.size() + (isReading ? 1 : 0);
    fresh.addAll(rest);
    work = fresh;
  }

  private void start() {
    if (isClosed) {
      throw new IllegalStateException("the index is closed");
    }
    if (!isRunning) {
      isRunning = true;
      failure = null;
      done = 0;
      committed = 0;
      urgent = 0;
      isUrgentCommitted = true;
      Thread.ofPlatform().daemon().name("search-index").start(this::run);
    }
  }

  private void await(Duration limit, boolean forUrgent, IndexProgress progress)
      throws InterruptedException {
    long left = limit.toNanos();
    int reported = 0;
    while (isRunning && left > 0 && !(forUrgent && isUrgentCommitted)) {
      left = moved.awaitNanos(left);
      int full = done / REPORTED * REPORTED;
      if (full > reported) {
        reported = full;
        progress.read(full, done + left());
      }
    }
  }

  /// How many files are to be put into the index.
  private int left() {
    return work.size() + (isReading ? 1 : 0);
  }

  /// How many files a search that comes now does not know.
  private int missing() {
    return left() + done - committed;
  }

  /// A search reads files now: the building of the index gives way to it.
  void searchBegins() {
    searches.incrementAndGet();
  }

  void searchEnds() {
    searches.decrementAndGet();
  }

  private void run() {
    boolean wasAbleTo = true;
    do {
      try {
        wasAbleTo = write();
      } catch (IOException | RuntimeException e) {
        fail(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        wasAbleTo = false;
      }
    } while (hasMore(wasAbleTo));
  }

  private void fail(Exception e) {
    IOException problem = e instanceof IOException io ? io : new IOException(e);
    try {
      if (CommittedIndex.isBroken(problem)) {
        index.discard(problem);
      } else {
        index.forgetUncommitted();
      }
    } catch (IOException other) {
      problem.addSuppressed(other);
    }
    System.getLogger(IndexBuilder.class.getName()).log(Level.WARNING, "index=not written", problem);
    lock.lock();
    try {
      failure = problem;
    } finally {
      lock.unlock();
    }
  }

  /// Whether to go on; otherwise this thread is at its end.
  private boolean hasMore(boolean wasAbleTo) {
    lock.lock();
    try {
      boolean hasMore = wasAbleTo && failure == null && !isClosed && !work.isEmpty();
      if (wasAbleTo && failure == null && work.isEmpty() && !isReading && !isGoneLeft) {
        index.settle(tree);
      }
      isRunning = hasMore;
      isReading = false;
      moved.signalAll();
      return hasMore;
    } finally {
      lock.unlock();
    }
  }

  /// Does what is to be done, and commits it.
  ///
  /// @return whether it could: not while another process writes
  private boolean write() throws IOException, InterruptedException {
    Optional<IndexWriter> opened = writer();
    if (opened.isEmpty()) {
      return false;
    }
    try (var writer = opened.get();
        var opener = new FileOpener(root)) {
      writer.setLiveCommitData(CommittedIndex.userData().entrySet());
      compareAgain(writer);
      long last = System.nanoTime();
      TreeFile file = next();
      while (file != null) {
        add(writer, opener, file);
        if (isUrgentDone() || System.nanoTime() - last > COMMIT_EVERY.toNanos()) {
          commit(writer);
          last = System.nanoTime();
        }
        giveWay();
        file = next();
      }
      commit(writer);
    }
    return true;
  }

  /// Another process may have done some of the work before this one became the writer.
  private void compareAgain(IndexWriter writer) throws IOException {
    lock.lock();
    try {
      IndexUpdate update = index.update(tree);
      work = new ArrayDeque<>(update.changed());
      backlog = new HashSet<>();
      work.forEach(file -> backlog.add(file.path()));
      urgent = isUrgentCommitted ? 0 : work.size();
      for (String path : update.gone()) {
        writer.deleteDocuments(new Term(IndexFields.PATH, path));
        index.removed(path);
      }
      isGoneLeft = false;
    } finally {
      lock.unlock();
    }
  }

  /// Whether all is read that a search waits for, but not committed.
  private boolean isUrgentDone() {
    lock.lock();
    try {
      return urgent == 0 && !isUrgentCommitted;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable TreeFile next() {
    lock.lock();
    try {
      if (done > 0 && done % REPORTED == 0) {
        moved.signalAll();
      }
      TreeFile file = isClosed ? null : work.poll();
      isReading = file != null;
      return file;
    } finally {
      lock.unlock();
    }
  }

  private void add(IndexWriter writer, FileOpener opener, TreeFile file)
      throws IOException, InterruptedException {
    Optional<String> text = texts.read(opener, file.path());
    if (index.has(file.path())) {
      // Costs a look into every segment of the index.
      writer.deleteDocuments(new Term(IndexFields.PATH, file.path()));
    }
    if (text.isPresent()) {
      writer.addDocuments(
          IndexFields.documents(file.path(), file.bytes(), file.modified(), text.get()));
    }
    index.wrote(file);
    lock.lock();
    try {
      done++;
      urgent = Math.max(0, urgent - 1);
      isReading = false;
    } finally {
      lock.unlock();
    }
  }

  private void commit(IndexWriter writer) throws IOException {
    boolean isForUrgent = isUrgentDone();
    if (writer.commit() >= 0) {
      index.committed(SegmentInfos.getLastCommitGeneration(directory));
    }
    lock.lock();
    try {
      committed = done;
      isUrgentCommitted |= isForUrgent && urgent == 0;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveWay() throws InterruptedException {
    for (int i = 0; i < LONGEST_BREAK && searches.get() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// The only writer of the index, or empty if another process stays at it.
  private Optional<IndexWriter> writer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + WRITER_LIMIT.toNanos();
    while (true) {
      try {
        return Optional.of(new IndexWriter(directory, new IndexWriterConfig(analyzer)));
      } catch (LockObtainFailedException busy) {
        if (System.nanoTime() > deadline) {
          System.getLogger(IndexBuilder.class.getName())
              .log(Level.DEBUG, "another process writes the index");
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /// Commits what is done and ends.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      long left = CLOSE_LIMIT.toNanos();
      while (isRunning && left > 0) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
