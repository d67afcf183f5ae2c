package dev.homeport.search.live;

import dev.homeport.search.live.FolderDraft.Child;
import dev.homeport.search.live.FolderReader.Reading;
import dev.homeport.search.tree.DirectoryRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
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

  private final FolderReader reader;
  private final BlockingDeque<Task> waiting = new LinkedBlockingDeque<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicInteger threads = new AtomicInteger(1);
  private final AtomicInteger entries = new AtomicInteger();
  private volatile @Nullable Folder result;

  /// @param reader reads the single directories
  TreeScan(FolderReader reader) {
    this.reader = reader;
  }

  /// Where a directory stands, and what was known of it.
  ///
  /// @param path its path from the root, empty or with a trailing `/`
  /// @param old its older listing, or null
  /// @param sameAbove whether the rules above it held for that, too
  record Place(String path, @Nullable Folder old, DirectoryRules above, boolean sameAbove) {}

  /// A directory that is to be opened and listed.
  private record Task(@Nullable Node parent, int slot, String name, Place place) {}

  /// A directory that is listed, until all below it are.
  private static final class Node {
    private final Task task;
    private final OpenDirectory directory;
    private final FolderDraft draft;
    private final Folder.Facts facts;
    private final AtomicInteger unopened = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();

    Node(Task task, OpenDirectory directory, FolderDraft draft, Folder.Facts facts) {
      this.task = task;
      this.directory = directory;
      this.draft = draft;
      this.facts = facts;
    }

    Folder folder() {
      Folder folder = draft.folder(facts);
      Folder old = task.place().old();
      return old != null && folder.isSame(old) ? old : folder;
    }
  }

  /// Lists an open directory, which is left open.
  Folder scan(OpenDirectory directory, Place place) throws IOException, InterruptedException {
    list(new Task(null, 0, "", place), directory);
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
      list(task, open(parent, task.name()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      finish(task, Folder.GONE);
    } catch (AccessDeniedException e) {
      finish(task, Folder.UNREADABLE);
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      finish(task, Folder.GONE);
    }
  }

  private OpenDirectory open(Node parent, String name) throws IOException {
    try {
      if (failure.get() != null) {
        throw new NoSuchFileException("a directory that is not wanted any more");
      }
      return parent.directory.child(name.getBytes(StandardCharsets.UTF_8));
    } finally {
      if (parent.unopened.decrementAndGet() == 0) {
        close(parent);
      }
    }
  }

  /// Reads a directory, and puts those in it to what waits.
  private void list(Task task, OpenDirectory directory) throws IOException {
    Place place = task.place();
    Node parent = task.parent();
    boolean isTop = parent == null;
    Reading reading;
    try {
      reading = reader.read(directory, place, parent == null ? null : parent.facts);
      if (entries.addAndGet(reading.size()) > TreeTooLargeException.MAX_ENTRIES) {
        throw new TreeTooLargeException();
      }
    } catch (IOException | RuntimeException e) {
      if (!isTop) {
        directory.close();
      }
      throw e;
    }
    var node = new Node(task, directory, reading.draft(), reading.facts());
    var below = new ArrayList<Task>();
    for (Child child : reading.below()) {
      String path = place.path() + child.name() + "/";
      var inside = new Place(path, child.old(), node.facts.rules(), reading.sameRules());
      below.add(new Task(node, child.index(), child.name(), inside));
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
      parent.draft.child(task.slot(), folder);
      if (parent.unfinished.decrementAndGet() > 0) {
        return;
      }
      task = parent.task;
      folder = parent.folder();
    }
    result = folder;
  }
}
