package dev.homeport.search;

import dev.homeport.search.regex.RegexSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// Searches files on several threads while the walk still finds more, and gives the results in the
/// order of the files.
///
/// Platform threads, since the work is computation. Close it to stop them; a scan that is not read
/// stops by itself when it is [#AHEAD] files ahead.
final class ParallelScan implements Scan {
  private static final int AHEAD = 512;
  private static final int MAX_THREADS = 4;

  private record Task(
      Optional<Candidate> candidate, CompletableFuture<Optional<FileResult>> result) {}

  private final CandidateSource source;
  private final FileScanner.Maker scanners;
  private final IntSupplier cap;
  private final BlockingQueue<Task> ordered = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<Task> pending = new LinkedBlockingQueue<>();
  private final CompletableFuture<Skipped> skipped = new CompletableFuture<>();
  private final ScanThreads threads = new ScanThreads();

  /// @param scanners makes a scanner for each thread
  /// @param cap how many matching lines of a file are still of use when its turn comes
  ParallelScan(CandidateSource source, FileScanner.Maker scanners, IntSupplier cap) {
    this.source = source;
    this.scanners = scanners;
    this.cap = cap;
  }

  /// Begins to search.
  ParallelScan start() throws IOException {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
    // All are made before a thread begins, which nobody would stop if one could not be made.
    var made = new ArrayList<FileScanner>();
    for (int i = 0; i < count; i++) {
      made.add(scanners.make());
    }
    threads.start("grep-walk", this::walk);
    for (int i = 0; i < count; i++) {
      FileScanner scanner = made.get(i);
      threads.start("grep-scan-" + i, () -> scan(scanner));
    }
    return this;
  }

  private void walk() {
    Optional<FileResult> end = Optional.empty();
    var last = new Task(Optional.empty(), new CompletableFuture<>());
    try {
      skipped.complete(source.feed((file, chunks) -> submit(new Candidate(file, chunks))));
      last.result().complete(end);
    } catch (InterruptedException e) {
      return;
    } catch (IOException | RuntimeException e) {
      last.result().completeExceptionally(e);
    }
    try {
      ordered.put(last);
      pending.put(last);
    } catch (InterruptedException e) {
      return;
    }
  }

  private void submit(Candidate candidate) throws InterruptedException {
    var task = new Task(Optional.of(candidate), new CompletableFuture<>());
    ordered.put(task);
    pending.put(task);
  }

  private void scan(FileScanner made) {
    try (FileScanner scanner = made) {
      while (true) {
        Task task = pending.take();
        if (task.candidate().isEmpty()) {
          pending.put(task);
          return;
        }
        try {
          task.result().complete(Optional.of(task.candidate().get().scan(scanner, cap.getAsInt())));
        } catch (IOException | RegexSyntaxException | RuntimeException | Error e) {
          task.result().completeExceptionally(e);
        }
      }
    } catch (InterruptedException e) {
      return;
    } catch (IOException e) {
      System.getLogger(ParallelScan.class.getName())
          .log(System.Logger.Level.DEBUG, "directory not closed", e);
    }
  }

  @Override
  public Optional<FileResult> next(long deadline)
      throws IOException, RegexSyntaxException, InterruptedException, TimeoutException {
    Task task = ordered.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (task == null) {
      throw new TimeoutException();
    }
    try {
      return task.result().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RegexSyntaxException cause -> throw cause;
        case null, default -> throw new IllegalStateException("search failed", e.getCause());
      }
    }
  }

  @Override
  public Skipped skipped() {
    return skipped.getNow(Skipped.NOTHING);
  }

  /// Stops all threads and waits until they are gone.
  @Override
  public void close() {
    threads.close();
  }
}
