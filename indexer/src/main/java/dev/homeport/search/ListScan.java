package dev.homeport.search;

import dev.homeport.search.regex.RegexSyntaxException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Searches files of a list: on the thread that asks for the results and, if they are many, on some
/// more.
///
/// All take the next few files that nobody has taken, so that none waits while there is work; those
/// who are too far ahead of what was asked for do wait. For one thread; close it to stop the
/// others.
final class ListScan implements Scan {
  /// So many files are searched before threads have started.
  private static final int FEW = 24;

  private static final int BATCH = 8;
  private static final int AHEAD = 64;
  private static final int MAX_THREADS = 4;

  /// What the search of some files gave, up to a failure.
  private record Found(List<FileResult> results, @Nullable Throwable failure) {}

  private final CandidateList files;
  private final FileScanner.Maker scanners;
  private final FileScanner own;
  private final IntSupplier cap;
  private final int batches;
  private final ScanThreads threads = new ScanThreads();
  private final Deque<FileResult> ready = new ArrayDeque<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasChanged = lock.newCondition();

  // Guarded by the lock.
  private final @Nullable Found[] found;
  private int taken;
  private int given;

  /// @param scanners makes a scanner for each thread
  /// @param cap how many matching lines of a file are still of use when its turn comes
  ListScan(CandidateList files, FileScanner.Maker scanners, IntSupplier cap) throws IOException {
    this.files = files;
    this.scanners = scanners;
    this.cap = cap;
    this.own = scanners.make();
    this.batches = (files.size() + BATCH - 1) / BATCH;
    this.found = new @Nullable Found[batches];
  }

  /// Begins to search.
  ListScan start() {
    int helpers =
        files.size() <= FEW
            ? 0
            : Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS) - 1;
    for (int i = 0; i < helpers; i++) {
      threads.start("grep-scan-" + i, this::help);
    }
    return this;
  }

  private void help() {
    try (FileScanner scanner = scanners.make()) {
      for (int batch = take(true); batch < batches; batch = take(true)) {
        search(batch, scanner);
      }
    } catch (InterruptedException e) {
      return;
    } catch (IOException e) {
      // The thread that asks does all alone, and meets what is wrong.
      System.getLogger(ListScan.class.getName()).log(System.Logger.Level.DEBUG, "no helper", e);
    }
  }

  /// The number of the next batch, or more than there are.
  private int take(boolean waits) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waits && taken < batches && taken - given > AHEAD) {
        hasChanged.await();
      }
      return taken < batches ? taken++ : batches;
    } finally {
      lock.unlock();
    }
  }

  private void search(int batch, FileScanner scanner) throws InterruptedException {
    var results = new ArrayList<FileResult>(BATCH);
    Throwable failure = null;
    try {
      for (int i = batch * BATCH; i < Math.min(files.size(), (batch + 1) * BATCH); i++) {
        results.add(files.get(i).scan(scanner, cap.getAsInt()));
      }
    } catch (IOException | RegexSyntaxException | RuntimeException | Error e) {
      failure = e; // told to the thread that asks, which would wait for it in vain
    }
    lock.lock();
    try {
      found[batch] = new Found(results, failure);
      hasChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<FileResult> next(long deadline)
      throws IOException, RegexSyntaxException, InterruptedException, TimeoutException {
    while (ready.isEmpty()) {
      if (given == batches) {
        return Optional.empty();
      }
      Found next = found(given, deadline);
      ready.addAll(next.results);
      switch (next.failure) {
        case null -> advance();
        case IOException e -> throw e;
        case RegexSyntaxException e -> throw e;
        default -> throw new IllegalStateException("search failed", next.failure);
      }
    }
    return Optional.of(ready.remove());
  }

  private void advance() {
    lock.lock();
    try {
      found[given++] = null;
      hasChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What a batch gave, searching others until it is there.
  private Found found(int batch, long deadline) throws InterruptedException, TimeoutException {
    while (true) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException();
      }
      Found there = found(batch);
      if (there != null) {
        return there;
      }
      int other = take(false);
      if (other < batches) {
        search(other, own);
      } else {
        await(batch, deadline);
      }
    }
  }

  private @Nullable Found found(int batch) {
    lock.lock();
    try {
      return found[batch];
    } finally {
      lock.unlock();
    }
  }

  private void await(int batch, long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (found[batch] == null && deadline - System.nanoTime() > 0) {
        boolean _ = hasChanged.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Skipped skipped() {
    return files.skipped();
  }

  /// Stops all threads and waits until they are gone.
  @Override
  public void close() throws IOException {
    threads.close();
    own.close();
  }
}
