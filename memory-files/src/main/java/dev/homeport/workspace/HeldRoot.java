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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The root of a workspace, which stays open as long as the same directory stands at its path.
///
/// Opening it anew for each operation would cost more than the operation. It is closed when nobody
/// knows this object any more; until the collector notices, all workspaces of one root share it, so
/// that who opens a workspace for each file does not run out of descriptors. Thread-safe.
final class HeldRoot {
  private static final Cleaner CLEANER = Cleaner.create();

  private static final ConcurrentMap<Path, WeakReference<HeldRoot>> SHARED =
      new ConcurrentHashMap<>();

  private record Opened(SecureDirectory directory, Object key) {}

  private final Path path;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Opened opened;

  private HeldRoot(Path path) {
    this.path = path;
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

  /// The open root; whoever gets it must not close it.
  SecureDirectory directory() throws IOException {
    Opened known = opened;
    return known != null && isInPlace(known) ? known.directory : open();
  }

  private SecureDirectory open() throws IOException {
    opening.lock();
    try {
      Opened known = opened;
      if (known == null || !isInPlace(known)) {
        SecureDirectory directory = SecureDirectory.open(path);
        // One that was replaced stays open with this object, as others may be at work in it.
        CLEANER.register(this, () -> close(directory));
        known = new Opened(directory, directory.key());
        opened = known;
      }
      return known.directory;
    } finally {
      opening.unlock();
    }
  }

  private boolean isInPlace(Opened known) throws IOException {
    return known.key.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static void close(SecureDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      System.getLogger(HeldRoot.class.getName())
          .log(Level.DEBUG, "the root of a workspace was not closed", e);
    }
  }
}
