package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.IndexSchema;
import dev.homeport.search.trigram.PathKey;
import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.UnusableIndexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/// Writes the index of a tree; of all processes, one at a time holds the writer of a directory.
///
/// Readers see an update, or what an interrupted one got done, with its commit. Thread-safe;
/// updates wait for one another.
public final class TrigramWriter implements AutoCloseable {
  /// How much of an update may wait in memory, in bytes; twice as much while it is written.
  private static final long PENDING_LIMIT = 96L << 20;

  private final Directory directory;
  private final IndexWriter writer;
  private final ReentrantLock updating = new ReentrantLock();
  private final ReentrantLock flushing = new ReentrantLock();
  private List<GramRun> pending = new ArrayList<>();
  private long pendingBytes;

  private TrigramWriter(Directory directory, IndexWriter writer) {
    this.directory = directory;
    this.writer = writer;
  }

  /// Takes the writer of an index, or nothing if another process has it.
  ///
  /// An index that is unusable at first sight is emptied.
  ///
  /// @param path the directory of the index, made if need be; must lie outside the tree
  /// @param tree names the tree; an index of another one is unusable
  public static Optional<TrigramWriter> open(Path path, String tree) throws IOException {
    return open(path, tree, false);
  }

  /// As [#open], but always begins with an empty index.
  public static Optional<TrigramWriter> openEmpty(Path path, String tree) throws IOException {
    return open(path, tree, true);
  }

  private static Optional<TrigramWriter> open(Path path, String tree, boolean empty)
      throws IOException {
    Files.createDirectories(path);
    repairLock(path.resolve(IndexWriter.WRITE_LOCK_NAME));
    Directory directory = FSDirectory.open(path);
    try {
      boolean isNew = empty || !TrigramIndex.isUsable(directory, tree);
      if (isNew) {
        clear(directory);
      }
      var scheduler = new ConcurrentMergeScheduler();
      scheduler.setMaxMergesAndThreads(2, 1);
      var config = new IndexWriterConfig(null).setMergeScheduler(scheduler);
      var writer = new IndexWriter(directory, config);
      if (writer.getDocStats().maxDoc == 0) {
        writer.setLiveCommitData(
            Map.of(IndexSchema.VERSION_KEY, IndexSchema.VERSION, IndexSchema.TREE_KEY, tree)
                .entrySet());
      }
      if (isNew) {
        // Readers of what was there tell by the version that this is another index.
        writer.advanceSegmentInfosVersion(System.currentTimeMillis());
      }
      return Optional.of(new TrigramWriter(directory, writer));
    } catch (LockObtainFailedException e) {
      directory.close();
      return Optional.empty();
    } catch (AlreadyClosedException e) {
      directory.close();
      throw new IOException("the lock of the index was lost", e);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  /// Empties the file of the lock if it was overwritten: else Lucene would take every lock for
  /// lost.
  private static void repairLock(Path lock) throws IOException {
    if (Files.isRegularFile(lock) && Files.size(lock) > 0) {
      Files.write(lock, new byte[0]);
    }
  }

  private static void clear(Directory directory) throws IOException {
    try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      for (String file : directory.listAll()) {
        lock.ensureValid();
        if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
          directory.deleteFile(file);
        }
      }
    }
  }

  /// Indexes files that are new or changed, and forgets others.
  ///
  /// If the thread is interrupted, what was read until then is kept.
  ///
  /// @param trees gives each of the reading threads its view of the tree
  /// @param progress is told of every file
  /// @return how many files were indexed; the rest changed, vanished or could not be read
  public int update(
      Collection<SourceFile> changed,
      Collection<String> gone,
      Supplier<SourceTree> trees,
      Progress progress)
      throws IOException, InterruptedException {
    updating.lockInterruptibly();
    try {
      var files = new ArrayList<>(changed);
      files.sort(Comparator.comparing(SourceFile::path));
      return new RunBuild(files, trees, progress, this::add).run(() -> finish(gone));
    } finally {
      updating.unlock();
    }
  }

  private void add(GramRun run) throws IOException {
    boolean isFull;
    synchronized (this) {
      pending.add(run);
      pendingBytes += run.bytes();
      isFull = pendingBytes >= PENDING_LIMIT;
    }
    if (isFull) {
      flush(PENDING_LIMIT);
    }
  }

  /// Writes what is pending, if it is at least as much as given.
  private void flush(long least) throws IOException {
    flushing.lock();
    try {
      List<GramRun> runs;
      synchronized (this) {
        if (pendingBytes < least || pending.isEmpty()) {
          return;
        }
        runs = pending;
        pending = new ArrayList<>();
        pendingBytes = 0;
      }
      runs.sort(Comparator.comparingLong(run -> run.number));
      List<PathKey> begun =
          runs.stream()
              .flatMap(run -> run.files.stream())
              .filter(GramRun.FilePart::isFirst)
              .map(GramRun.FilePart::key)
              .toList();
      writing(() -> {
        delete(begun);
        writer.addIndexes(new RunsReader(runs));
        return writer.commit();
      });
    } finally {
      flushing.unlock();
    }
  }

  private void delete(Collection<PathKey> keys) throws IOException {
    if (writer.getDocStats().maxDoc > 0) {
      writer.deleteDocuments(
          keys.stream().map(key -> new Term(IndexSchema.PATH, key.term())).toArray(Term[]::new));
    }
  }

  private void finish(Collection<String> gone) throws IOException {
    flush(0);
    writing(() -> {
      delete(gone.stream().map(PathKey::of).toList());
      return writer.commit();
    });
  }

  /// Writes, and tells why if Lucene's writer has given up, as it does when a merge fails.
  private <T> T writing(UnusableIndexException.Access<T> access) throws IOException {
    return UnusableIndexException.telling(() -> {
      try {
        return access.get();
      } catch (AlreadyClosedException e) {
        throw writer.getTragicException() instanceof IOException reason
            ? reason
            : new IOException("the index can no longer be written", e);
      }
    });
  }

  /// Gives the writer up, for any process to take; merges that still run are given up as well.
  @Override
  public void close() throws IOException {
    // Lucene's channels do not survive an interrupt.
    boolean interrupted = Thread.interrupted();
    try (directory) {
      closeWriter();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeWriter() throws IOException {
    try {
      if (writer.isOpen()) {
        writer.commit();
      }
    } finally {
      writer.rollback();
    }
  }
}
