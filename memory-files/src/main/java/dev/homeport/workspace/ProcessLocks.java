package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Named locks that exclude other threads of this process and other processes alike.
///
/// Names are spread over [#STRIPES] byte ranges of one file. The operating system frees the ranges
/// of a process that dies. Each range has a second one, its turnstile, in which the next process
/// waits, so that a busy process cannot starve the others.
///
/// Beyond these, each process holds one range for as long as it lives, at a place that its random
/// [#MARK] tells: so others can ask whether the process of a mark is still there, in whatever
/// container it runs.
///
/// Thread-safe. There is one instance per lock file in a process and nothing else may open that
/// file: POSIX drops all locks of a file when any of its descriptors is closed.
public final class ProcessLocks {
  static final int STRIPES = 1_024;

  /// What tells this process from every other one that ever used the same lock file.
  static final int MARK = ThreadLocalRandom.current().nextInt();

  private static final long MARKS = 1L << 40;

  private static final ConcurrentMap<Path, ProcessLocks> INSTANCES = new ConcurrentHashMap<>();
  private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  /// How the lock file is opened; made if it is missing.
  interface Opener {
    FileChannel open() throws IOException;
  }

  /// An open lock file, and which file it was.
  private record LockFile(FileChannel channel, @Nullable Object key) {}

  private final Path file;
  private final Opener opener;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable LockFile opened;

  private ProcessLocks(Path file, Opener opener) {
    this.file = file;
    this.opener = opener;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock(true);
    }
  }

  /// The locks of a lock file, which is made on the first acquisition and never deleted. Nobody but
  /// trusted users may be able to change its directory.
  public static ProcessLocks on(Path file) {
    return on(file, () -> open(file));
  }

  static ProcessLocks on(Path file, Opener opener) {
    return INSTANCES.computeIfAbsent(
        file.toAbsolutePath().normalize(), path -> new ProcessLocks(path, opener));
  }

  /// Whether a file is the lock file of locks in this process.
  static boolean isLockFile(Path file) {
    return INSTANCES.containsKey(file.toAbsolutePath().normalize());
  }

  private static FileChannel open(Path file) throws IOException {
    Files.createDirectories(
        Objects.requireNonNull(file.toAbsolutePath().getParent()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /// Takes the locks of all names, in an order that cannot deadlock.
  ///
  /// Name all that is needed at once: a thread that holds some and asks for more may wait for a
  /// thread that waits for it, until the limit ends both.
  ///
  /// @throws WorkspaceException of kind `BUSY` if they are not free within the limit
  /// @throws InterruptedException if interrupted while waiting; nothing is held then
  public Held acquire(Collection<String> names, Duration limit)
      throws IOException, InterruptedException {
    var held = new Held();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (int stripe : names.stream().map(ProcessLocks::stripe).distinct().sorted().toList()) {
        acquire(stripe, deadline, held);
      }
      return held;
    } catch (IOException | InterruptedException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /// Takes the locks of all names there are: nobody else holds any until these are closed.
  ///
  /// @throws IllegalStateException if this thread holds a lock already
  /// @throws WorkspaceException of kind `BUSY` if they are not free within the limit
  /// @throws InterruptedException if interrupted while waiting; nothing is held then
  public Held acquireAll(Duration limit) throws IOException, InterruptedException {
    if (Arrays.stream(stripes).anyMatch(ReentrantLock::isHeldByCurrentThread)) {
      throw new IllegalStateException("all locks must be taken before any other");
    }
    var held = new Held();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (ReentrantLock thread : stripes) {
        acquireThread(thread, deadline, held);
      }
      acquireRange(0, STRIPES, deadline, held);
      return held;
    } catch (IOException | InterruptedException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static int stripe(String name) {
    return Math.floorMod(name.hashCode() * 0x9E3779B9, STRIPES);
  }

  private void acquire(int stripe, long deadline, Held held)
      throws IOException, InterruptedException {
    acquireThread(stripes[stripe], deadline, held);
    if (stripes[stripe].getHoldCount() == 1) {
      acquireRange(stripe, 1, deadline, held);
    }
  }

  private static void acquireThread(ReentrantLock thread, long deadline, Held held)
      throws IOException, InterruptedException {
    if (!thread.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw busy();
    }
    held.push(thread::unlock);
  }

  private void acquireRange(int stripe, int stripes, long deadline, Held held)
      throws IOException, InterruptedException {
    while (true) {
      LockFile current = current();
      FileLock turnstile = awaitRange(current.channel, STRIPES + stripe, stripes, deadline);
      try {
        FileLock lock = awaitRange(current.channel, stripe, stripes, deadline);
        if (isOnDisk(current)) {
          held.push(lock::release);
          return;
        }
        lock.release();
        forget(current);
        if (System.nanoTime() - deadline > 0) {
          throw busy();
        }
      } finally {
        turnstile.release();
      }
    }
  }

  private static FileLock awaitRange(FileChannel channel, long position, long size, long deadline)
      throws IOException, InterruptedException {
    long pause = FIRST_PAUSE;
    while (true) {
      FileLock lock = tryLock(channel, position, size);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - deadline > 0) {
        throw busy();
      }
      TimeUnit.NANOSECONDS.sleep(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, long position, long size)
      throws IOException {
    try {
      return channel.tryLock(position, size, false);
    } catch (OverlappingFileLockException e) {
      // The same file is locked under another path, through a bind mount for example.
      return null;
    }
  }

  /// The lock file as it was opened last; whoever gets a lock of it looks whether it is still
  /// there.
  private LockFile current() throws IOException {
    opening.lock();
    try {
      LockFile current = opened;
      if (current == null) {
        current = new LockFile(opener.open(), key());
        opened = current;
        // Held until the process ends. Null if another object of this process holds it.
        var _ = tryLock(current.channel, place(MARK), 1);
      }
      return current;
    } finally {
      opening.unlock();
    }
  }

  /// Has a lock file that was deleted or replaced opened anew. The old one stays open: closing it
  /// would free locks that other threads still hold.
  private void forget(LockFile gone) {
    opening.lock();
    try {
      if (gone.equals(opened)) {
        opened = null;
      }
    } finally {
      opening.unlock();
    }
  }

  private static long place(int mark) {
    return MARKS + Integer.toUnsignedLong(mark);
  }

  /// Whether the process of a mark lives and has opened the lock file.
  boolean isAlive(int mark) throws IOException {
    if (mark == MARK) {
      return true;
    }
    while (true) {
      LockFile current = current();
      FileLock lock = tryLock(current.channel, place(mark), 1);
      if (lock == null) {
        return true;
      }
      lock.release();
      if (isOnDisk(current)) {
        return false;
      }
      forget(current);
    }
  }

  /// Whether this thread is just opening the lock file, so that it cannot ask for locks.
  boolean isOpening() {
    return opening.isHeldByCurrentThread();
  }

  /// Somebody may delete the lock file; a lock on a deleted file excludes nobody.
  private boolean isOnDisk(LockFile lockFile) throws IOException {
    return lockFile.key != null && lockFile.key.equals(key());
  }

  private @Nullable Object key() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static WorkspaceException busy() {
    return new WorkspaceException(
        Kind.BUSY, "Another writer held the lock for too long; try again in a moment.");
  }

  /// Locks that are held until closed, by the thread that acquired them.
  public static final class Held implements AutoCloseable {
    private interface Release {
      void run() throws IOException;
    }

    private final Deque<Release> releases = new ArrayDeque<>();

    private Held() {}

    private void push(Release release) {
      releases.push(release);
    }

    /// Frees the locks; a second call does nothing.
    @Override
    public void close() throws IOException {
      IOException first = null;
      while (!releases.isEmpty()) {
        try {
          releases.pop().run();
        } catch (IOException e) {
          if (first == null) {
            first = e;
          } else {
            first.addSuppressed(e);
          }
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }
}
