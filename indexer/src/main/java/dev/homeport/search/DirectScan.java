package dev.homeport.search;

import dev.homeport.search.regex.RegexSyntaxException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// Searches a few files one by one when their results are asked for, without threads, which would
/// take longer to start than the search. For one thread.
final class DirectScan implements Scan {
  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private final Skipped skipped;
  private final FileScanner scanner;
  private final IntSupplier cap;

  DirectScan(CandidateSource source, FileScanner scanner, IntSupplier cap)
      throws IOException, InterruptedException {
    this.skipped = source.feed((file, chunks) -> waiting.add(new Candidate(file, chunks)));
    this.scanner = scanner;
    this.cap = cap;
  }

  @Override
  public Optional<FileResult> next(long deadline)
      throws IOException, RegexSyntaxException, InterruptedException, TimeoutException {
    if (System.nanoTime() - deadline > 0) {
      throw new TimeoutException();
    }
    Candidate next = waiting.poll();
    return next == null ? Optional.empty() : Optional.of(next.scan(scanner, cap.getAsInt()));
  }

  @Override
  public Skipped skipped() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
