package dev.homeport.workspace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The root of a workspace, which stays open as long as the same directory stands at its path.
///
/// Opening it anew for each operation would cost more than the operation. It is closed when another
/// directory was found at its path, or nobody knows this object any more; until the collector
/// notices, all workspaces of one root share it, so that who opens a workspace for each file does
/// not run out of descriptors. Thread-safe.
final class HeldRoot {
  private static final Cleaner CLEANER = Cleaner.create();

  private static final ConcurrentMap<Path, WeakReference<HeldRoot>> SHARED =
      new ConcurrentHashMap<>();

  private final Path path;
  private final ReentrantLock opening = new ReentrantLock();
  private final AtomicReference<@Nullable Use> latest = new AtomicReference<>();

  private HeldRoot(Path path) {
    this.path = path;
    AtomicReference<@Nullable Use> last = latest;
    CLEANER.register(this, () -> close(last.get()));
  }

  /// The open root in the hands of all who use it, and of the object that keeps it for the next
  /// ones. The last one to close it closes the directory.
  static final class Use implements AutoCloseable {
    private final SecureDirectory directory;
    private final Object key;
    private final AtomicInteger users = new AtomicInteger(1);

    private Use(SecureDirectory directory, Object key) {
      this.directory = directory;
      this.key = key;
    }

    private static Use open(Path path) throws IOException {
      SecureDirectory directory = SecureDirectory.open(path);
      try {
        return new Use(directory, directory.key());
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    }

    SecureDirectory directory() {
      return directory;
    }

    /// Takes part in it, unless it is closed.
    private boolean join() {
      return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    @Override
    public void close() throws IOException {
      if (users.decrementAndGet() == 0) {
        directory.close();
      }
    }
  }

  /// The root at a path that is free of links, the same one as long as anybody knows it.
  static HeldRoot of(Path path) {
    WeakReference<HeldRoot> shared = SHARED.get(path);
    HeldRoot known = shared == null ? null : shared.get();
    return known == null ? share(path) : known;
  }

  private static synchronized HeldRoot share(Path path) {
    SHARED.values().removeIf(reference -> reference.refersTo(null));
    WeakReference<HeldRoot> shared = SHARED.get(path);
    HeldRoot known = shared == null ? null : shared.get();
    if (known != null) {
      return known;
    }
    var held = new HeldRoot(path);
    SHARED.put(path, new WeakReference<>(held));
    return held;
  }

  /// The directory that stands at the path now, to be closed by the caller.
  Use use() throws IOException {
    Use known = latest.get();
    return known != null && isInPlace(known) && known.join() ? known : open();
  }

  private Use open() throws IOException {
    opening.lock();
    try {
      Use known = latest.get();
      if (known != null && isInPlace(known) && known.join()) {
        return known;
      }
      var next = Use.open(path);
      next.join();
      latest.set(next);
      close(known);
      return next;
    } finally {
      opening.unlock();
    }
  }

  private boolean isInPlace(Use known) throws IOException {
    return known.key.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static void close(@Nullable Use use) {
    if (use == null) {
      return;
    }
    try {
      use.close();
    } catch (IOException e) {
      System.getLogger(HeldRoot.class.getName())
          .log(Level.DEBUG, "the root of a workspace was not closed", e);
    }
  }
}
