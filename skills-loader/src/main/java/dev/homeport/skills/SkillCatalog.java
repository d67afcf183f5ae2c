package dev.homeport.skills;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The skills of one agent: found below several roots, kept up to date, searched, loaded and read.
///
/// Nothing is read when a catalog is opened. Each call first looks whether files have changed; what
/// changed is read again, everything else stays. A skill that an edit broke keeps its last good
/// version until it is mended. Thread-safe.
///
/// Looking costs two calls of the file system for each skill. Where there are many, it is done
/// twice a second at most; once [#watch] was called on Linux, only what the system says is looked
/// at.
public final class SkillCatalog implements AutoCloseable {
  /// How long a call waits for another one that is reading.
  private static final long WAIT_SECONDS = 30;

  /// So many directories are looked at by each call.
  private static final int FEW_DIRECTORIES = 200;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /// The cache is written again after so many changes, which are parsed again if it is not.
  private static final int UNSAVED = 64;

  private final Supplier<SkillsConfig> configs;
  private final SkillHost host;
  private final Optional<Path> cache;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile SkillSnapshot current = SkillSnapshot.EMPTY;
  private volatile @Nullable SkillWatcher watcher;
  private volatile SkillReview review = SkillReview.NONE;
  private volatile boolean isSaving;

  // Under the lock.
  private SkillsConfig config;
  private boolean isOpen;
  private SkillTree tree;
  private SkillFiles files = new SkillFiles();
  private SkillIndex index = new SkillIndex(SkillIndex.Indexed.NONE);
  private Set<Object> roots = Set.of();
  private boolean hasImage;
  private boolean isRehearsed;
  private int saved;
  private long lookedAt;

  private SkillCatalog(Supplier<SkillsConfig> configs, SkillHost host, Optional<Path> cache) {
    this.configs = configs;
    this.config = configs.get();
    this.host = host;
    this.cache = cache;
    this.tree = new SkillTree(config);
  }

  /// A catalog of some roots; those that do not exist yet may come later.
  ///
  /// @param host the machine that requirements of skills are checked against
  public static SkillCatalog open(SkillsConfig config, SkillHost host) {
    return new SkillCatalog(() -> config, host, Optional.empty());
  }

  /// The same, with a directory where what was parsed is kept for the next time.
  ///
  /// @param cache a directory of the user, which may be missing; one catalog a configuration
  public static SkillCatalog open(SkillsConfig config, SkillHost host, Path cache) {
    return open(() -> config, host, cache);
  }

  /// The same for roots that change.
  ///
  /// @param configs gives the roots as they are now; asked before each look, so it must be quick
  public static SkillCatalog open(Supplier<SkillsConfig> configs, SkillHost host, Path cache) {
    return new SkillCatalog(configs, host, Optional.of(cache));
  }

  /// Has each skill reviewed from now on whenever it is served.
  public SkillCatalog reviewedBy(SkillReview review) {
    this.review = review;
    return this;
  }

  /// What the review thinks of a skill.
  public SkillReview.Verdict verdict(Skill skill) throws IOException, InterruptedException {
    return review.of(skill);
  }

  /// All skills as they stand now; the same object as before if nothing changed.
  ///
  /// While another call reads for longer than 30 seconds, or the cache is being written, the last
  /// snapshot is given.
  public SkillSnapshot snapshot() throws InterruptedException {
    if (!reading.tryLock(isSaving ? 0 : WAIT_SECONDS, TimeUnit.SECONDS)) {
      return current;
    }
    try {
      if (!isOpen) {
        open();
      }
      look().ifPresent(this::take);
      return current;
    } finally {
      reading.unlock();
    }
  }

  private void open() {
    cache
        .flatMap(directory -> CatalogImage.load(CatalogImage.file(directory, config), config))
        .ifPresent(image -> {
          tree = new SkillTree(config, image.directories());
          files = new SkillFiles(image.entries());
          index = new SkillIndex(image.indexed());
          hasImage = true;
        });
    isOpen = true;
  }

  /// What is found now, if there may be something new.
  private Optional<SkillTree.Result> look() throws InterruptedException {
    SkillWatcher watching = watcher;
    SkillsConfig now = configs.get();
    SkillRoots open = SkillRoots.of(now);
    Set<Object> stamp = open.stamp();
    boolean sameRoots = stamp.equals(roots) && now.equals(config);
    config = now;
    roots = stamp;
    if (watching != null && watching.isComplete() && sameRoots) {
      Set<SkillTree.Place> changed = watching.changed();
      return changed.isEmpty() ? Optional.empty() : Optional.of(tree.refresh(open, changed));
    }
    boolean isMany = tree.directories().size() > FEW_DIRECTORIES;
    long since = System.nanoTime() - lookedAt;
    if (isMany && sameRoots && lookedAt != 0 && since < LOOK_INTERVAL.toNanos()) {
      return Optional.empty();
    }
    SkillTree.Result found = tree.refresh(open);
    lookedAt = System.nanoTime();
    return Optional.of(found);
  }

  private void take(SkillTree.Result found) {
    try {
      SkillFiles.Change change = files.update(found);
      if (change.isAny()) {
        current = change.replaced().flatMap(current::with).orElseGet(this::all);
      }
    } catch (InterruptedException cancelled) {
      // The next call reads what this one did not.
      lookedAt = 0;
      Thread.currentThread().interrupt();
    }
  }

  private SkillSnapshot all() {
    return SkillSnapshot.of(files.order(), files.skills(), files.problems(), index);
  }

  /// Follows the changes on disk from now on, in the background, and tells of them.
  ///
  /// The first time nothing is told. Ends when the catalog is closed.
  ///
  /// @param changes takes the snapshots before and after a change, within a second of it; called on
  ///   a thread of the catalog
  public void watch(BiConsumer<SkillSnapshot, SkillSnapshot> changes) throws IOException {
    reading.lock();
    try {
      if (watcher == null) {
        watcher = SkillWatcher.start(this, changes);
      }
    } finally {
      reading.unlock();
    }
  }

  /// The directories to be watched.
  Set<SkillTree.Place> directories() {
    reading.lock();
    try {
      return Set.copyOf(tree.directories().keySet());
    } finally {
      reading.unlock();
    }
  }

  /// Grows whenever directories come or go.
  long structure() {
    reading.lock();
    try {
      return tree.structure();
    } finally {
      reading.unlock();
    }
  }

  /// Makes the next call look at everything.
  void forgetLook() {
    reading.lock();
    try {
      lookedAt = 0;
      roots = Set.of();
    } finally {
      reading.unlock();
    }
  }

  /// Builds what search needs, and keeps everything for the next time if much is new.
  ///
  /// @param always whether to keep a little that is new as well
  void settle(boolean always) throws InterruptedException {
    SkillSnapshot settled = current;
    if (!always) {
      settled.prepare();
    }
    reading.lockInterruptibly();
    try {
      if (!always && !isRehearsed) {
        Rehearsal.of(settled, tree, files);
        isRehearsed = true;
      }
      int unsaved = files.parsed() - saved;
      boolean isMuch = unsaved > (always || !hasImage ? 0 : UNSAVED);
      if (cache.isPresent() && isMuch) {
        save(CatalogImage.file(cache.get(), config), settled);
      }
    } finally {
      reading.unlock();
    }
  }

  private void save(Path file, SkillSnapshot settled) throws InterruptedException {
    isSaving = true;
    try {
      var image =
          new CatalogImage(tree.directories(), files.entries(), index.merged(settled.offered()));
      index.moveTo(image.save(file, config));
      saved = files.parsed();
      hasImage = true;
    } catch (IOException e) {
      System.getLogger(SkillCatalog.class.getName())
          .log(Level.WARNING, "the skill cache cannot be written: {0}", e.getMessage());
    } finally {
      isSaving = false;
    }
  }

  /// The instructions of a skill, ready for an agent.
  ///
  /// @param name the skill
  /// @param arguments what the skill is called with; may be empty
  /// @param variables values of `${NAME}` in the body, such as `CLAUDE_SESSION_ID`;
  ///   `CLAUDE_SKILL_DIR` is always set
  public SkillLoadOutcome load(String name, String arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    return load(name, arguments, variables, SkillCommands.NONE);
  }

  /// The same, with somebody who runs the commands in the text.
  public SkillLoadOutcome load(
      String name, String arguments, Map<String, String> variables, SkillCommands commands)
      throws IOException, InterruptedException {
    return desk().load(name, arguments, variables, commands);
  }

  /// A file of a skill, or a part of one.
  public SkillReadOutcome read(SkillRead request) throws IOException, InterruptedException {
    return desk().read(request);
  }

  private SkillDesk desk() throws InterruptedException {
    return new SkillDesk(snapshot(), review, host);
  }

  /// Stops following changes, and keeps what was parsed for the next time.
  @Override
  public void close() {
    SkillWatcher watching = watcher;
    if (watching != null) {
      watching.close();
    }
    try {
      settle(true);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
