package dev.homeport.search.live;

import dev.homeport.search.live.Entry.Kind;
import dev.homeport.search.tree.IgnoreTexts;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A directory that is open, so that its entries are reached without going through its path.
/// Thread-safe; close it after use.
final class OpenDirectory implements AutoCloseable {
  /// The kinds of an entry in a listing.
  private static final int TYPE_UNKNOWN = 0;

  private static final int TYPE_DIRECTORY = 4;
  private static final int TYPE_REGULAR = 8;

  private final int descriptor;
  private volatile boolean isClosed;
  private final AtomicBoolean isOpen = new AtomicBoolean(true);

  private OpenDirectory(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Opens a root that the caller trusts.
  static OpenDirectory root(Path root) throws IOException {
    try (var calls = Syscalls.borrow()) {
      byte[] path = root.toString().getBytes(StandardCharsets.UTF_8);
      return new OpenDirectory(calls.openDirectory(Syscalls.NO_DIRECTORY, path, true));
    }
  }

  /// Opens a directory in this one; a link is not followed.
  OpenDirectory child(byte[] name) throws IOException {
    try (var calls = Syscalls.borrow()) {
      return new OpenDirectory(calls.openDirectory(descriptor, name, false));
    }
  }

  /// Opens the directory at a path below this one, empty or with a trailing `/`.
  OpenDirectory descend(String path) throws IOException {
    OpenDirectory at = child(new byte[] {'.'});
    for (int from = 0; from < path.length(); ) {
      int slash = path.indexOf('/', from);
      try (var above = at) {
        at = above.child(path.substring(from, slash).getBytes(StandardCharsets.UTF_8));
      }
      from = slash + 1;
    }
    return at;
  }

  int descriptor() {
    return descriptor;
  }

  /// What is known of the directory itself.
  Stat stat() throws IOException {
    try (var calls = Syscalls.borrow()) {
      Stat stat = calls.stat(descriptor, new byte[] {'.'});
      return stat == null ? calls.stat(descriptor) : stat;
    } catch (AccessDeniedException e) {
      // This user may list the directory, but not reach what is in it.
      isClosed = true;
      try (var calls = Syscalls.borrow()) {
        return calls.stat(descriptor);
      }
    }
  }

  long fileSystem() throws IOException {
    try (var calls = Syscalls.borrow()) {
      return calls.fileSystem(descriptor);
    }
  }

  /// An entry by its name; null if it is gone, or neither a file nor a directory.
  @Nullable Entry entry(byte[] name) throws IOException {
    try (var calls = Syscalls.borrow()) {
      return entry(calls, name);
    }
  }

  private @Nullable Entry entry(Syscalls calls, byte[] name) throws IOException {
    try {
      Stat stat = calls.stat(descriptor, name);
      if (stat == null) {
        return null;
      }
      if (stat.isDirectory()) {
        return Entry.bare(name, Kind.DIRECTORY);
      }
      return stat.isRegularFile() ? new Entry(name, Kind.FILE, stat) : null;
    } catch (AccessDeniedException e) {
      return Entry.bare(name, Kind.UNREADABLE);
    }
  }

  /// What a directory holds.
  ///
  /// @param entries its files and directories, sorted
  /// @param telling the names of all entries that say something about what is ignored
  record Listing(List<Entry> entries, List<String> telling) {}

  /// Lists the directory, of which [#stat] is known; unfinished writes of Homeport are left out.
  Listing list() throws IOException {
    var names = new ArrayList<byte[]>();
    var isDirectory = new ArrayList<Boolean>();
    var telling = new ArrayList<String>();
    var entries = new ArrayList<Entry>();
    try (var calls = Syscalls.borrow()) {
      names(calls, isClosed, names, isDirectory, telling);
      for (int i = 0; i < names.size(); i++) {
        byte[] name = names.get(i);
        boolean isBare = isClosed || isDirectory.get(i);
        Kind kind = isClosed ? Kind.UNREADABLE : Kind.DIRECTORY;
        Entry entry = isBare ? Entry.bare(name, kind) : entry(calls, name);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    entries.sort(null);
    return new Listing(entries, telling);
  }

  private void names(
      Syscalls calls,
      boolean all,
      List<byte[]> names,
      List<Boolean> isDirectory,
      List<String> telling)
      throws IOException {
    while (true) {
      int read = (int) Libc.getdents64(calls.error, descriptor, calls.buffer, Syscalls.BUFFER);
      if (read < 0) {
        throw calls.failure("listing");
      }
      if (read == 0) {
        return;
      }
      for (int at = 0; at < read; ) {
        int length = calls.buffer.get(ValueLayout.JAVA_SHORT, at + 16) & 0xFFFF;
        int type = calls.buffer.get(ValueLayout.JAVA_BYTE, at + 18);
        byte[] name = name(calls.buffer, at + 19, at + length);
        at += length;
        boolean isDot = name[0] == '.';
        String text = isDot ? new String(name, StandardCharsets.ISO_8859_1) : "";
        if (isDot && (text.equals(".") || text.equals("..") || Workspace.isUnfinished(text))) {
          continue;
        }
        if (isDot && IgnoreTexts.isFrom(text)) {
          telling.add(text);
        }
        if (all || type == TYPE_UNKNOWN || type == TYPE_DIRECTORY || type == TYPE_REGULAR) {
          names.add(name);
          isDirectory.add(type == TYPE_DIRECTORY);
        }
      }
    }
  }

  private static byte[] name(MemorySegment buffer, int from, int limit) {
    int to = from;
    while (to < limit && buffer.get(ValueLayout.JAVA_BYTE, to) != 0) {
      to++;
    }
    byte[] name = new byte[to - from];
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, from, name, 0, name.length);
    return name;
  }

  /// The ignore files among these entries.
  IgnoreTexts ignoreTexts(Collection<String> telling) throws IOException {
    if (telling.isEmpty()) {
      return IgnoreTexts.NONE;
    }
    try (var calls = Syscalls.borrow()) {
      return IgnoreTexts.read(telling, name -> calls.read(descriptor, name, IgnoreTexts.MAX_BYTES));
    }
  }

  @Override
  public void close() {
    if (isOpen.getAndSet(false)) {
      Libc.close(descriptor);
    }
  }
}
