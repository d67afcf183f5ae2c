package dev.homeport.search.live;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Watches directories by inotify, each by the descriptor through which it is listed, so that no
/// path is followed.
///
/// The kernel queues an event before the call that causes it returns, so what [#drain] finds is all
/// that happened before. [#add] is thread-safe; for the rest, the caller lets one thread in at a
/// time, but for [#await] and [#close].
final class TreeWatch implements AutoCloseable {
  static final int ATTRIBUTES = 0x4;
  static final int MOVED_OR_MADE = 0x40 | 0x80 | 0x100 | 0x200;
  static final int IS_DIRECTORY = 0x4000_0000;

  private static final int MODIFIED = 0x2;
  private static final int CLOSED_WRITTEN = 0x8;
  private static final int SELF_GONE = 0x400 | 0x800;
  private static final int UNMOUNTED = 0x2000;
  private static final int OVERFLOW = 0x4000;
  private static final int IGNORED = 0x8000;
  private static final int ONLY_DIRECTORY = 0x0100_0000;
  private static final int NOT_DELETED = 0x0400_0000;
  private static final int MASK =
      ATTRIBUTES
          | MOVED_OR_MADE
          | MODIFIED
          | CLOSED_WRITTEN
          | SELF_GONE
          | ONLY_DIRECTORY
          | NOT_DELETED;

  private static final int CLOSE_ON_EXEC_AND_NO_WAITING = 0x80800;
  private static final int NO_SPACE = 28;
  private static final int HEADER = 16;

  /// The local file systems of Linux, which raise an event for each change: ext, XFS, Btrfs, F2FS,
  /// tmpfs, ramfs, overlay, ZFS, bcachefs, JFS, ReiserFS, exFAT, FAT, NTFS3, eCryptfs.
  private static final Set<Long> LOCAL =
      Set.of(
          0xEF53L,
          0x58465342L,
          0x9123683EL,
          0xF2F52010L,
          0x01021994L,
          0x858458F6L,
          0x794C7630L,
          0x2FC12FC1L,
          0xCA451A4EL,
          0x3153464AL,
          0x52654973L,
          0x2011BAB0L,
          0x4D44L,
          0x7366746EL,
          0xF15FL);

  /// What happened since the last drain.
  ///
  /// @param changes by number of the watch, then by name of the entry in ISO 8859-1, all kinds of
  ///   events that were seen
  /// @param lost why that is not all that happened, or null
  record Events(Map<Integer, Map<String, Integer>> changes, @Nullable String lost) {}

  private final int descriptor;
  private final int wakeUp;
  private final int queueLimit;
  private final int maxWatches;
  private final AtomicInteger added = new AtomicInteger();
  private final Map<Integer, String> paths = new HashMap<>();

  /// Watches that may be at their end, for all that is known.
  private final Set<Integer> doubtful = new HashSet<>();

  private final AtomicReference<@Nullable String> weakness = new AtomicReference<>();

  private TreeWatch(int descriptor, int wakeUp, int queueLimit, int maxWatches) {
    this.descriptor = descriptor;
    this.wakeUp = wakeUp;
    this.queueLimit = queueLimit;
    this.maxWatches = maxWatches;
  }

  /// Opens a watch that watches nothing yet.
  static TreeWatch open(int maxWatches) throws IOException {
    try (var calls = Syscalls.borrow()) {
      int descriptor = Libc.inotifyInit(calls.error, CLOSE_ON_EXEC_AND_NO_WAITING);
      if (descriptor < 0) {
        throw calls.failure("inotify");
      }
      int wakeUp = Libc.eventfd(calls.error, CLOSE_ON_EXEC_AND_NO_WAITING);
      if (wakeUp < 0) {
        IOException failure = calls.failure("eventfd");
        Libc.close(descriptor);
        throw failure;
      }
      return new TreeWatch(descriptor, wakeUp, queueLimit(calls), maxWatches);
    }
  }

  private static int queueLimit(Syscalls calls) throws IOException {
    byte[] text = calls.read(Syscalls.NO_DIRECTORY, "/proc/sys/fs/inotify/max_queued_events", 20);
    try {
      return Integer.parseInt(new String(text, StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      return 1 << 20;
    }
  }

  /// Why this cannot tell of all changes, if it cannot.
  Optional<String> weakness() {
    return Optional.ofNullable(weakness.get());
  }

  /// Whether the file system of a directory tells of all changes.
  boolean canWatch(OpenDirectory directory) throws IOException {
    long type = directory.fileSystem();
    if (LOCAL.contains(type)) {
      return true;
    }
    weakness.compareAndSet(
        null, "a file system of type 0x%x does not tell of all changes".formatted(type));
    return false;
  }

  /// Begins to watch a directory and returns the number of its watch, or -1 with a weakness.
  int add(OpenDirectory directory) throws IOException {
    // Those that were removed are subtracted at the next sweep.
    if (added.incrementAndGet() > maxWatches) {
      weakness.compareAndSet(
          null, "more than " + maxWatches + " directories would have to be watched");
    }
    if (weakness.get() != null) {
      return -1;
    }
    try (var calls = Syscalls.borrow()) {
      byte[] path = ("/proc/self/fd/" + directory.descriptor()).getBytes(StandardCharsets.US_ASCII);
      int number = Libc.inotifyAddWatch(calls.error, descriptor, calls.path(path), MASK);
      if (number < 0) {
        weakness.compareAndSet(
            null,
            calls.errno() == NO_SPACE
                ? "the limit of watches is reached (sysctl fs.inotify.max_user_watches)"
                : "a directory cannot be watched (errno " + calls.errno() + ")");
      }
      return number;
    }
  }

  /// The path of the directory of a watch, or null if it is not in the table any more. May be asked
  /// by several threads while the table is not changed.
  @Nullable String path(int number) {
    return paths.get(number);
  }

  /// Takes note of where the watched directories of a listing stand.
  ///
  /// @param path the path of its directory, empty or with a trailing `/`
  /// @return whether each is at one place only
  boolean register(Folder folder, String path) {
    int number = folder.facts.watch();
    String before = number < 0 ? null : paths.put(number, path);
    boolean isUnique = before == null || before.equals(path);
    for (int i = 0; i < folder.size(); i++) {
      Folder child = folder.kind(i) == Entry.Kind.DIRECTORY ? folder.child(i) : null;
      if (child != null) {
        isUnique &= register(child, path + folder.name(i) + "/");
      }
    }
    return isUnique;
  }

  /// Ends the watches of a listing and of all below it.
  void remove(Folder folder) {
    int number = folder.facts.watch();
    if (number >= 0 && paths.remove(number) != null) {
      Libc.inotifyRemoveWatch(descriptor, number);
    }
    for (Folder child : folder.children) {
      if (child != null) {
        remove(child);
      }
    }
  }

  /// Takes note of a whole new table, and ends the watches that are not in it.
  boolean replace(Folder root) {
    var before = new HashSet<>(paths.keySet());
    before.addAll(doubtful);
    doubtful.clear();
    paths.clear();
    boolean isUnique = register(root, "");
    added.set(paths.size());
    for (int number : before) {
      if (!paths.containsKey(number)) {
        Libc.inotifyRemoveWatch(descriptor, number);
      }
    }
    return isUnique;
  }

  /// Takes from the queue all that happened before this call.
  Events drain() throws IOException {
    var changes = new HashMap<Integer, Map<String, Integer>>();
    String lost = null;
    int events = 0;
    try (var calls = Syscalls.borrow()) {
      // Who makes events as fast as they are read cannot keep us here: more than the queue holds
      // did not happen before.
      while (events <= queueLimit) {
        int read = (int) Libc.read(calls.error, descriptor, calls.buffer, Syscalls.BUFFER);
        if (read < 0) {
          if (calls.errno() == Syscalls.TRY_AGAIN) {
            break;
          }
          throw calls.failure("events");
        }
        for (int at = 0; at < read; events++) {
          int number = calls.buffer.get(ValueLayout.JAVA_INT, at);
          int mask = calls.buffer.get(ValueLayout.JAVA_INT, at + 4L);
          int length = calls.buffer.get(ValueLayout.JAVA_INT, at + 12L);
          String name =
              length == 0 ? "" : calls.buffer.getString(at + HEADER, StandardCharsets.ISO_8859_1);
          at += HEADER + length;
          if (name.isEmpty()) {
            String loss = loss(number, mask);
            lost = loss == null ? lost : loss;
          } else {
            changes
                .computeIfAbsent(number, _ -> new HashMap<>())
                .merge(name, mask, (some, more) -> some | more);
          }
        }
      }
    }
    return new Events(changes, lost);
  }

  /// Why an event that names no entry means that others are missing, or null if it does not.
  private @Nullable String loss(int number, int mask) {
    if ((mask & OVERFLOW) != 0) {
      // Among what is lost may be that a directory was deleted, and with it its watch.
      doubtful.addAll(paths.keySet());
      paths.clear();
      return "the queue of events ran over";
    }
    if ((mask & UNMOUNTED) != 0) {
      return "a mount is gone";
    }
    // Another directory with the inode of a deleted one is not watched.
    String path = (mask & IGNORED) != 0 ? paths.remove(number) : paths.get(number);
    return "".equals(path) ? "the root itself changed" : null;
  }

  /// Waits until something happens, or [#close].
  ///
  /// @return whether it is not closed
  boolean await() throws IOException {
    try (Arena arena = Arena.ofConfined();
        var calls = Syscalls.borrow()) {
      MemorySegment descriptors = arena.allocate(16, 8);
      descriptors.set(ValueLayout.JAVA_INT, 0, descriptor);
      descriptors.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
      descriptors.set(ValueLayout.JAVA_INT, 8, wakeUp);
      descriptors.set(ValueLayout.JAVA_SHORT, 12, (short) 1);
      int ready = Libc.poll(calls.error, descriptors, 2, -1);
      if (ready < 0 && calls.errno() != Syscalls.INTERRUPTED) {
        throw calls.failure("poll");
      }
      return descriptors.get(ValueLayout.JAVA_SHORT, 14) == 0;
    }
  }

  /// Makes [#await] return false, now and from now on.
  void stop() {
    try (Arena arena = Arena.ofConfined();
        var calls = Syscalls.borrow()) {
      MemorySegment one = arena.allocate(ValueLayout.JAVA_LONG);
      one.set(ValueLayout.JAVA_LONG, 0, 1);
      if (Libc.write(calls.error, wakeUp, one, 8) != 8) {
        throw new IllegalStateException("eventfd: errno " + calls.errno());
      }
    }
  }

  /// Ends all watches; nobody may be in [#await] any more.
  @Override
  public void close() {
    Libc.close(descriptor);
    Libc.close(wakeUp);
  }
}
