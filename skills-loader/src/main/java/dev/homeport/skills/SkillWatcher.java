package dev.homeport.skills;

import dev.homeport.skills.SkillTree.Place;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Learns from the system which directories of a catalog changed, and keeps its snapshot up to
/// date.
///
/// Where the system cannot tell (it is not Linux, or its limit of watches is reached) the catalog
/// is asked once a second instead. Thread-safe.
final class SkillWatcher implements AutoCloseable {
  private static final long ROUND_MILLIS = 1_000;

  /// Changes come in bursts; what follows within this time is told together.
  private static final long BURST_MILLIS = 50;

  /// How often new directories are watched before what is below them waits for the next round.
  private static final int MOST_PASSES = 8;

  private final SkillCatalog catalog;
  private final BiConsumer<SkillSnapshot, SkillSnapshot> changes;
  private final WatchService service;
  private final Map<WatchKey, Place> watched = new ConcurrentHashMap<>();
  private final Map<Place, WatchKey> keys = new ConcurrentHashMap<>();
  private final Set<Place> changed = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean complete;

  /// Whether a directory lost its watch.
  private volatile boolean missing;

  private long watchedStructure;

  private SkillWatcher(
      SkillCatalog catalog,
      BiConsumer<SkillSnapshot, SkillSnapshot> changes,
      WatchService service) {
    this.catalog = catalog;
    this.changes = changes;
    this.service = service;
  }

  /// Begins on a thread of its own.
  static SkillWatcher start(SkillCatalog catalog, BiConsumer<SkillSnapshot, SkillSnapshot> changes)
      throws IOException {
    var watcher = new SkillWatcher(catalog, changes, FileSystems.getDefault().newWatchService());
    Thread.ofPlatform().daemon().name("skills-watch").start(watcher::run);
    return watcher;
  }

  /// Whether every directory is watched.
  boolean isComplete() {
    return complete;
  }

  /// The directories that changed since this was last asked.
  Set<Place> changed() {
    try {
      for (WatchKey key = service.poll(); key != null; key = service.poll()) {
        process(key);
      }
    } catch (ClosedWatchServiceException end) {
      // Closed by another thread meanwhile; what was told before still counts.
      log().log(Level.DEBUG, "closed");
    }
    var taken = new HashSet<Place>(changed);
    changed.removeAll(taken);
    return taken;
  }

  private void run() {
    try {
      SkillSnapshot before = catalog.snapshot();
      if (System.getProperty("os.name", "").equals("Linux") && watchMissing()) {
        // What changed before its directory was watched is found by one more look at everything.
        catalog.forgetLook();
        catalog.snapshot();
        complete = watchMissing();
      }
      catalog.settle(false);
      while (closed.getCount() > 0) {
        before = tell(before);
        await();
      }
    } catch (ClosedWatchServiceException end) {
      log().log(Level.DEBUG, "closed");
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws InterruptedException {
    if (!complete) {
      closed.await(ROUND_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    WatchKey key = service.poll(ROUND_MILLIS, TimeUnit.MILLISECONDS);
    if (key != null) {
      closed.await(BURST_MILLIS, TimeUnit.MILLISECONDS);
      process(key);
    }
  }

  private SkillSnapshot tell(SkillSnapshot before) throws InterruptedException {
    SkillSnapshot after = catalog.snapshot();
    for (int pass = 0; complete && pass < MOST_PASSES && !isAllWatched(); pass++) {
      complete = watchMissing();
      after = catalog.snapshot();
    }
    if (after != before) {
      changes.accept(before, after);
      catalog.settle(false);
    }
    return after;
  }

  private boolean isAllWatched() {
    return !missing && watchedStructure == catalog.structure();
  }

  /// Watches what is not watched yet, and counts it as changed.
  ///
  /// @return whether the system lets us
  private boolean watchMissing() {
    missing = false;
    watchedStructure = catalog.structure();
    var bases = new HashMap<Root, Path>();
    for (Place key : catalog.directories()) {
      if (keys.containsKey(key)) {
        continue;
      }
      try {
        Path base = bases.get(key.root());
        if (base == null) {
          base = key.root().base().toRealPath();
          bases.put(key.root(), base);
        }
        watch(key, key.path().isRoot() ? base : base.resolve(key.path().toString()));
      } catch (NoSuchFileException | NotDirectoryException gone) {
        changed.add(new Place(key.root(), key.path().parent()));
      } catch (IOException refused) {
        log()
            .log(
                Level.WARNING,
                "changes of skills are looked for once a second: {0}",
                refused.getMessage());
        return false;
      }
    }
    return true;
  }

  private void watch(Place key, Path directory) throws IOException {
    WatchKey watch =
        directory.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE,
            StandardWatchEventKinds.ENTRY_MODIFY);
    watched.put(watch, key);
    keys.put(key, watch);
    changed.add(key);
  }

  private void process(WatchKey watch) {
    Place key = watched.get(watch);
    for (WatchEvent<?> event : watch.pollEvents()) {
      boolean comesOrGoes = !event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY);
      if (key != null && comesOrGoes && event.context() instanceof Path name) {
        var segments = new ArrayList<>(key.path().segments());
        segments.add(name.toString());
        forget(new Place(key.root(), new WorkspacePath(segments)));
      }
    }
    if (key != null) {
      changed.add(key);
    }
    if (!watch.reset()) {
      watched.remove(watch);
      missing = true;
      if (key != null) {
        keys.remove(key, watch);
      }
    }
  }

  /// A directory that comes, goes or is replaced is watched anew, with all below it.
  private void forget(Place directory) {
    if (!keys.containsKey(directory)) {
      return;
    }
    missing = true;
    keys.forEach((key, watch) -> {
      if (key.root().equals(directory.root()) && key.path().startsWith(directory.path())) {
        watch.cancel();
        keys.remove(key);
        watched.remove(watch);
        changed.add(key);
      }
    });
  }

  /// Ends the thread; nothing is told any more.
  @Override
  public void close() {
    closed.countDown();
    complete = false;
    try {
      service.close();
    } catch (IOException failed) {
      log().log(Level.DEBUG, "not closed in order", failed);
    }
  }

  private static System.Logger log() {
    return System.getLogger(SkillWatcher.class.getName());
  }
}
