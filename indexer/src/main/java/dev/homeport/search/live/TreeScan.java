package dev.homeport.search.live;

import dev.homeport.search.live.OpenDirectory.Listing;
import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lists a directory and all below it, each opened relative to its parent, and takes over from an
/// older listing what is still so.
///
/// A large tree is read on several threads. They work at the directory found last first, so that
/// few are open at a time. One use.
final class TreeScan {
  private static final int MAX_THREADS = 4;

  /// So many directories must wait before another thread is worth it.
  private static final int WORTH_A_THREAD = 24;

  private final int generation;
  private final @Nullable TreeWatch watch;
  private final BlockingDeque<Task> waiting = new LinkedBlockingDeque<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicInteger threads = new AtomicInteger(1);
  private final AtomicInteger entries = new AtomicInteger();
  private volatile @Nullable Folder result;

  /// A scan for the table of a generation.
  ///
  /// @param watch what is to watch each directory, or null
  TreeScan(int generation, @Nullable TreeWatch watch) {
    this.generation = generation;
    this.watch = watch;
  }

  /// Where a directory stands, and what was known of it.
  ///
  /// @param path its path from the root, empty or with a trailing `/`
  /// @param old its older listing, or null
  /// @param sameAbove whether the rules above it held for that, too
  record Place(String path, @Nullable Folder old, DirectoryRules above, boolean sameAbove) {}

  /// A directory that is to be opened and listed.
  private record Task(@Nullable Node parent, int slot, @Nullable Entry entry, Place place) {}

  /// A directory that is listed, until all below it are.
  private static final class Node {
    private final Task task;
    private final OpenDirectory directory;
    private final FolderBuilder builder;
    private final AtomicInteger unopened = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private Folder.@Nullable Facts facts;

    Node(Task task, OpenDirectory directory, int size) {
      this.task = task;
      this.directory = directory;
      this.builder = new FolderBuilder(size);
    }

    Folder folder() {
      var folder = new Folder(builder, Objects.requireNonNull(facts));
      Folder old = task.place().old();
      return old != null && folder.isSame(old) ? old : folder;
    }
  }

  /// Lists an open directory, which is left open.
  Folder scan(OpenDirectory directory, Place place) throws IOException, InterruptedException {
    list(new Task(null, 0, null, place), directory);
    work();
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException("a tree could not be read", e);
    }
    return Objects.requireNonNull(result);
  }

  /// Works until nothing is left. After a failure, what waits is only passed over, so that all that
  /// is open gets closed.
  private void work() {
    while (result == null) {
      if (Thread.interrupted()) {
        failure.compareAndSet(null, new InterruptedException());
      }
      try {
        Task task = waiting.pollFirst(1, TimeUnit.MILLISECONDS);
        if (task != null) {
          run(task);
        }
      } catch (InterruptedException e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void run(Task task) {
    Node parent = Objects.requireNonNull(task.parent());
    try {
      list(task, open(parent, Objects.requireNonNull(task.entry())));
    } catch (NoSuchFileException | NotDirectoryException e) {
      finish(task, Folder.GONE);
    } catch (AccessDeniedException e) {
      finish(task, Folder.UNREADABLE);
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      finish(task, Folder.GONE);
    }
  }

  private OpenDirectory open(Node parent, Entry entry) throws IOException {
    try {
      if (failure.get() != null) {
        throw new NoSuchFileException("a directory that is not wanted any more");
      }
      return parent.directory.child(entry.name);
    } finally {
      if (parent.unopened.decrementAndGet() == 0) {
        close(parent);
      }
    }
  }

  /// Lists a directory, and puts those in it to what waits.
  private void list(Task task, OpenDirectory directory) throws IOException {
    Place place = task.place();
    Folder old = place.old();
    boolean isTop = task.parent() == null;
    Node node;
    List<Task> below;
    try {
      Stat self = directory.stat();
      // The watch comes first, so that no change falls between it and the listing.
      int number = watch == null ? -1 : watch(watch, task, directory, self);
      long now = Stat.now();
      Listing listing = directory.list();
      if (entries.addAndGet(listing.entries().size()) > TreeTooLargeException.MAX_ENTRIES) {
        throw new TreeTooLargeException();
      }
      IgnoreTexts texts = directory.ignoreTexts(listing.telling());
      boolean sameRules = old != null && place.sameAbove() && texts.equals(old.facts.texts());
      DirectoryRules rules =
          old != null && sameRules ? old.facts.rules() : texts.rules(place.above(), place.path());
      node = new Node(task, directory, listing.entries().size());
      node.facts = new Folder.Facts(rules, texts, self.device(), self.inode(), number);
      below =
          fill(node, listing.entries(), new Membership(place.path(), rules, old, sameRules), now);
    } catch (IOException | RuntimeException e) {
      if (!isTop) {
        directory.close();
      }
      throw e;
    }
    node.unfinished.set(below.size());
    // The directory that the scan began with is not ours to close.
    node.unopened.set(below.size() + (isTop ? 1 : 0));
    if (below.isEmpty()) {
      close(node);
      finish(task, node.folder());
    } else {
      below.reversed().forEach(waiting::addFirst);
      startThread();
    }
  }

  private int watch(TreeWatch watch, Task task, OpenDirectory directory, Stat self)
      throws IOException {
    Folder old = task.place().old();
    Node parent = task.parent();
    boolean isOther =
        parent == null || Objects.requireNonNull(parent.facts).device() != self.device();
    if (isOther && !watch.canWatch(directory)) {
      return -1;
    }
    boolean isSame =
        old != null && old.facts.device() == self.device() && old.facts.inode() == self.inode();
    int number = old != null && isSame ? old.facts.watch() : -1;
    boolean isWatched = task.place().path().equals(watch.path(number));
    return isWatched ? number : watch.add(directory);
  }

  /// Puts the entries of a listing to a node; returns the directories that are to be listed, too.
  private List<Task> fill(Node node, List<Entry> entries, Membership membership, long now) {
    var below = new ArrayList<Task>();
    Folder old = membership.old();
    int next = 0;
    for (Entry entry : entries) {
      int at = -1;
      if (old != null) {
        next = advance(old, next, entry);
        at = next < old.size() && compare(old, next, entry) == 0 ? next : -1;
      }
      int flags = membership.flags(entry, at, now);
      node.builder.add(entry, flags, membership.stamp(entry, at, generation));
      if (entry.kind == Entry.Kind.DIRECTORY) {
        node.builder.child(null);
        if (membership.isListed(entry, flags)) {
          String name = new String(entry.name, StandardCharsets.UTF_8);
          Folder oldChild = at >= 0 && old != null ? old.listing(at) : null;
          var place =
              new Place(
                  membership.path() + name + "/",
                  oldChild,
                  membership.rules(),
                  membership.sameRules());
          below.add(new Task(node, node.builder.childCount() - 1, entry, place));
        }
      }
    }
    return below;
  }

  private static int advance(Folder old, int from, Entry entry) {
    int next = from;
    while (next < old.size() && compare(old, next, entry) < 0) {
      next++;
    }
    return next;
  }

  private static int compare(Folder old, int at, Entry entry) {
    return Arrays.compareUnsigned(
        old.names, old.start(at), old.ends[at], entry.name, 0, entry.name.length);
  }

  private void startThread() {
    int most = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
    if (waiting.size() > WORTH_A_THREAD && threads.get() < most) {
      threads.incrementAndGet();
      Thread.ofPlatform().daemon().name("tree-scan").start(this::work);
    }
  }

  private static void close(Node node) {
    if (node.task.parent() != null) {
      node.directory.close();
    }
  }

  /// Gives the listing of a directory to that above it, which may thereby be finished, too.
  private void finish(Task finished, Folder listing) {
    Task task = finished;
    Folder folder = listing;
    while (task.parent() != null) {
      Node parent = task.parent();
      parent.builder.child(task.slot(), folder);
      if (parent.unfinished.decrementAndGet() > 0) {
        return;
      }
      task = parent.task;
      folder = parent.folder();
    }
    result = folder;
  }
}
