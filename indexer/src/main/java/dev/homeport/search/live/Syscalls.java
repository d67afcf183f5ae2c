package dev.homeport.search.live;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// System calls of Linux on files and directories, with the memory for their arguments.
///
/// For one thread at a time: [#borrow] one, and close it to give it back.
final class Syscalls implements AutoCloseable {
  /// Stands for the directory that relative paths start from.
  static final int NO_DIRECTORY = -100;

  /// The size of the buffer for names, events and contents.
  static final int BUFFER = 64 << 10;

  static final int INTERRUPTED = 4;
  static final int TRY_AGAIN = 11;

  private static final int DENIED = 13;
  private static final int NOT_PERMITTED = 1;

  /// The flags of open(2) for "a directory" and "no link", which differ between processors.
  private static final Map<String, int[]> FLAGS =
      Map.of("amd64", new int[] {0x10000, 0x20000}, "aarch64", new int[] {0x4000, 0x8000});

  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NO_WAITING = 0x800;
  private static final int NO_FOLLOW = 0x100;
  private static final int OF_DESCRIPTOR = 0x1000;

  /// Of openat2(2): what is opened lies below the directory, and no link leads to it.
  private static final long BENEATH = 0x08 | 0x04;

  private static final int HOW_BYTES = 24;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final ConcurrentLinkedQueue<Syscalls> FREE = new ConcurrentLinkedQueue<>();

  private final MemorySegment path;
  private final MemorySegment status;
  private final MemorySegment how;

  /// The answer of statx(2), as far as it is used.
  private final long[] words = new long[18];

  private final int directoryFlag;
  private final int noLinkFlag;

  /// Where `errno` is put.
  final MemorySegment error;

  /// [#BUFFER] bytes for what is read.
  final MemorySegment buffer;

  private Syscalls() {
    Arena arena = Arena.ofAuto();
    path = arena.allocate(4_096);
    status = arena.allocate(256, 8);
    how = arena.allocate(HOW_BYTES, 8);
    error = arena.allocate(Linker.Option.captureStateLayout());
    buffer = arena.allocate(BUFFER, 8);
    int[] flags = FLAGS.getOrDefault(System.getProperty("os.arch"), new int[2]);
    directoryFlag = flags[0];
    noLinkFlag = flags[1];
    how.set(ValueLayout.JAVA_LONG, 0, noLinkFlag | CLOSE_ON_EXEC | NO_WAITING);
    how.set(ValueLayout.JAVA_LONG, 16, BENEATH);
  }

  /// Whether this machine has these calls, in the form that is used here, and this program may make
  /// them.
  static boolean areSupported() {
    return System.getProperty("os.name").equals("Linux")
        && FLAGS.containsKey(System.getProperty("os.arch"))
        && Syscalls.class.getModule().isNativeAccessEnabled()
        && isComplete();
  }

  /// Whether the library has the functions that some lack.
  private static boolean isComplete() {
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    return library.find("statx").isPresent() && library.find("getdents64").isPresent();
  }

  static Syscalls borrow() {
    Syscalls free = FREE.poll();
    return free != null ? free : new Syscalls();
  }

  @Override
  public void close() {
    FREE.add(this);
  }

  int errno() {
    return (int) ERRNO.get(error, 0L);
  }

  /// The exception for the last error.
  IOException failure(String what) {
    return switch (errno()) {
      case 2 -> new NoSuchFileException(what);
      case NOT_PERMITTED, DENIED -> new AccessDeniedException(what);
      // A link where none is followed is not the directory that was asked for.
      case 20, 40 -> new NotDirectoryException(what);
      default -> new FileSystemException(what, null, "errno " + errno());
    };
  }

  MemorySegment path(byte[] name) {
    return path(name, 0, name.length);
  }

  private MemorySegment path(byte[] names, int from, int to) {
    int length = to - from;
    if (length >= path.byteSize()) {
      throw new IllegalArgumentException("a path of " + length + " bytes");
    }
    MemorySegment.copy(names, from, path, ValueLayout.JAVA_BYTE, 0, length);
    path.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
    return path;
  }

  int openDirectory(int directory, byte[] name, boolean followsLink) throws IOException {
    int flags = directoryFlag | CLOSE_ON_EXEC | (followsLink ? 0 : noLinkFlag);
    int descriptor = Libc.openat(error, directory, path(name), flags);
    if (descriptor < 0) {
      throw failure("directory");
    }
    return descriptor;
  }

  /// Opens a file below a directory to read it, by one call that follows no link on the way.
  ///
  /// @return the descriptor, or -1 with an error, also where the kernel does not have this call
  int openBeneath(int directory, byte[] path) {
    return (int) Libc.openat2(error, directory, path(path), how, HOW_BYTES);
  }

  /// What is known of an entry of a directory, whose link is not followed; null if it is gone.
  @Nullable Stat stat(int directory, byte[] name) throws IOException {
    return stat(directory, path(name), NO_FOLLOW);
  }

  /// The same, for a name in an array.
  @Nullable Stat stat(int directory, byte[] names, int from, int to) throws IOException {
    return stat(directory, path(names, from, to), NO_FOLLOW);
  }

  /// What is known of the file at an absolute path, links followed; null if there is none.
  @Nullable Stat statFollowing(byte[] name) throws IOException {
    return stat(NO_DIRECTORY, path(name), 0);
  }

  /// What is known of an open file.
  Stat stat(int descriptor) throws IOException {
    Stat stat = stat(descriptor, path(new byte[0]), OF_DESCRIPTOR);
    if (stat == null) {
      throw new NoSuchFileException("descriptor");
    }
    return stat;
  }

  @Nullable Stat stat(int directory, MemorySegment name, int flags) throws IOException {
    if (Libc.statx(error, directory, name, flags, status) != 0) {
      return switch (errno()) {
        case 2, 20, 40 -> null;
        default -> throw failure("entry");
      };
    }
    // All at once, as each access to such memory is slow until it is compiled.
    MemorySegment.copy(status, ValueLayout.JAVA_LONG, 0, words, 0, words.length);
    return new Stat(
        (int) (words[3] >>> 32) & 0xFFFF,
        (int) words[2],
        (words[17] << 32) | (words[17] >>> 32),
        words[4],
        words[5],
        time(14),
        time(12));
  }

  private long time(int word) {
    long nanos = TimeUnit.SECONDS.toNanos(words[word]);
    boolean isSaturated = nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE;
    return isSaturated ? nanos : nanos + (int) words[word + 1];
  }

  /// The number by which the kernel knows the kind of file system that an open file is on.
  long fileSystem(int descriptor) throws IOException {
    if (Libc.fstatfs(error, descriptor, status) != 0) {
      throw failure("file system");
    }
    return status.get(ValueLayout.JAVA_LONG, 0);
  }

  /// The first bytes of a regular file, whose link is not followed; nothing if there is none.
  byte[] read(int directory, String name, int limit) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    try {
      Stat stat = stat(directory, bytes);
      if (stat == null || !stat.isRegularFile()) {
        return new byte[0];
      }
    } catch (AccessDeniedException e) {
      return new byte[0];
    }
    int flags = noLinkFlag | CLOSE_ON_EXEC | NO_WAITING;
    int descriptor = Libc.openat(error, directory, path(bytes), flags);
    if (descriptor < 0) {
      return new byte[0];
    }
    try {
      var content = new java.io.ByteArrayOutputStream();
      while (content.size() < limit) {
        long length = Math.min(BUFFER, limit - content.size());
        int read = (int) Libc.read(error, descriptor, buffer, length);
        if (read <= 0) {
          break;
        }
        content.writeBytes(buffer.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE));
      }
      return content.toByteArray();
    } finally {
      Libc.close(descriptor);
    }
  }
}
