package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.Coverage;
import dev.homeport.search.trigram.PathKey;
import dev.homeport.search.trigram.build.GramRun.FileEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Reads files on two threads and makes runs of them. One use.
///
/// The threads are never interrupted, since that would close the files of the index under its
/// writer; they look at a flag after every file.
final class RunBuild {
  private static final int THREADS = 2;

  /// A thread takes neighbouring files of about this many bytes at a time.
  private static final long SHARE = 32L << 20;

  /// Work that may fail to read or write.
  interface Work {
    void run() throws IOException;
  }

  /// Takes runs as they are made, from several threads; runs of a file come in order.
  interface Sink {
    void accept(GramRun run) throws IOException;
  }

  private final List<List<SourceFile>> shares = new ArrayList<>();
  private final Supplier<SourceTree> trees;
  private final Progress progress;
  private final Sink sink;
  private final AtomicInteger nextShare = new AtomicInteger();
  private final AtomicInteger indexed = new AtomicInteger();
  private volatile boolean stopped;

  RunBuild(List<SourceFile> files, Supplier<SourceTree> trees, Progress progress, Sink sink) {
    this.trees = trees;
    this.progress = progress;
    this.sink = sink;
    long bytes = SHARE;
    for (SourceFile file : files) {
      if (bytes >= SHARE) {
        shares.add(new ArrayList<>());
        bytes = 0;
      }
      shares.getLast().add(file);
      bytes += file.fingerprint().size();
    }
  }

  /// Reads all files, and does what is to follow, on threads of its own.
  ///
  /// When the caller is interrupted, reading stops, but what is to follow is still done.
  ///
  /// @return how many files got into runs whole
  int run(Work finish) throws IOException, InterruptedException {
    Executor threads = task -> Thread.ofPlatform().daemon().name("trigram-build").start(task);
    var readers = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < Math.min(THREADS, shares.size()); i++) {
      readers.add(CompletableFuture.runAsync(unchecked(this::readShares), threads));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new))
            .thenRunAsync(unchecked(finish), threads);
    try {
      all.get();
    } catch (InterruptedException e) {
      stopped = true;
      waitFor(all);
      throw e;
    } catch (ExecutionException e) {
      throw asIo(e);
    }
    return indexed.get();
  }

  private static void waitFor(CompletableFuture<Void> all) throws IOException {
    try {
      all.join();
    } catch (CompletionException e) {
      throw asIo(e);
    }
  }

  private static IOException asIo(Exception thrown) {
    return switch (thrown.getCause()) {
      case UncheckedIOException e -> Objects.requireNonNull(e.getCause());
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new IOException(thrown);
    };
  }

  private static Runnable unchecked(Work work) {
    return () -> {
      try {
        work.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private void readShares() throws IOException {
    try (SourceTree tree = trees.get()) {
      var reader = new Reader(tree);
      int share = nextShare.getAndIncrement();
      while (share < shares.size() && !stopped) {
        reader.read(share);
        share = nextShare.getAndIncrement();
      }
    } catch (IOException | RuntimeException | Error e) {
      stopped = true;
      throw e;
    }
  }

  /// What one thread needs to read files.
  private final class Reader {
    private final SourceTree tree;
    private final RunBuilder builder = new RunBuilder();
    private final FileChunker chunker = new FileChunker();
    private long nextRun;

    Reader(SourceTree tree) {
      this.tree = tree;
    }

    void read(int share) throws IOException {
      nextRun = (long) share << 32;
      for (SourceFile file : shares.get(share)) {
        if (stopped) {
          break;
        }
        if (builder.isFull()) {
          finishRun();
        }
        builder.begin(PathKey.of(file.path()));
        read(file);
        builder.endPart();
        progress.read(file.path(), file.fingerprint().size());
      }
      finishRun();
    }

    private void read(SourceFile file) throws IOException {
      ReadableByteChannel opened;
      try {
        opened = tree.open(file.path());
      } catch (FileSystemException e) {
        return; // gone or not readable: it counts as not indexed
      }
      Coverage coverage;
      try (var channel = new SourceChannel(opened)) {
        coverage = chunker.cut(channel, this::add);
      } catch (SourceChannel.UnreadableException e) {
        return;
      }
      if (tree.fingerprint(file.path()).equals(Optional.of(file.fingerprint()))) {
        builder.end(new FileEnd(file.fingerprint(), coverage));
        indexed.incrementAndGet();
      }
    }

    private void add(Chunk chunk, byte[] bytes, int from) throws IOException {
      if (builder.isFull()) {
        finishRun();
      }
      builder.add(chunk, bytes, from);
    }

    private void finishRun() throws IOException {
      Optional<GramRun> run = builder.finish(nextRun++);
      if (run.isPresent()) {
        sink.accept(run.get());
      }
    }
  }
}
