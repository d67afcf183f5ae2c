package dev.homeport.search.live;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The functions of the C library that a live tree calls. Linked on first use; thread-safe.
///
/// The first argument of most is where `errno` is put.
final class Libc {
  private static final int BASIC_STATS = 0x7ff;

  /// The number of the call, which is the same on all processors.
  private static final long OPENAT2 = 437;

  private static final MethodHandle OPENAT = link("openat", "iiPi", true);
  private static final MethodHandle CLOSE = link("close", "ii", false);
  private static final MethodHandle READ = link("read", "liPl", true);
  private static final MethodHandle PREAD = link("pread64", "liPll", true);
  private static final MethodHandle SYSCALL = link("syscall", "llllPl", true);
  private static final MethodHandle WRITE = link("write", "liPl", true);
  private static final MethodHandle GETDENTS = link("getdents64", "liPl", true);
  private static final MethodHandle STATX = link("statx", "iiPiiP", true);
  private static final MethodHandle FSTATFS = link("fstatfs", "iiP", true);
  private static final MethodHandle INOTIFY_INIT = link("inotify_init1", "ii", true);
  private static final MethodHandle INOTIFY_ADD = link("inotify_add_watch", "iiPi", true);
  private static final MethodHandle INOTIFY_REMOVE = link("inotify_rm_watch", "iii", false);
  private static final MethodHandle POLL = link("poll", "iPli", true);
  private static final MethodHandle EVENTFD = link("eventfd", "iii", true);

  private Libc() {}

  /// @param types the type of the result, then of the arguments: `i`nt, `l`ong or `P`ointer
  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle link(String name, String types, boolean withError) {
    MemoryLayout[] layouts =
        types.chars().mapToObj(type -> layout((char) type)).toArray(MemoryLayout[]::new);
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(layouts[0], Arrays.copyOfRange(layouts, 1, layouts.length)),
            withError
                ? new Linker.Option[] {Linker.Option.captureCallState("errno")}
                : new Linker.Option[0]);
  }

  private static MemoryLayout layout(char type) {
    return switch (type) {
      case 'l' -> ValueLayout.JAVA_LONG;
      case 'P' -> ValueLayout.ADDRESS;
      default -> ValueLayout.JAVA_INT;
    };
  }

  private static IllegalStateException unexpected(Throwable problem) {
    return new IllegalStateException("a call of the C library failed", problem);
  }

  static int openat(MemorySegment error, int directory, MemorySegment path, int flags) {
    try {
      return (int) OPENAT.invokeExact(error, directory, path, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(int descriptor) {
    try {
      return (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long read(MemorySegment error, int descriptor, MemorySegment to, long length) {
    try {
      return (long) READ.invokeExact(error, descriptor, to, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long pread(
      MemorySegment error, int descriptor, MemorySegment to, long length, long position) {
    try {
      return (long) PREAD.invokeExact(error, descriptor, to, length, position);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A call for which the library has no function of its own: `openat2`.
  static long openat2(
      MemorySegment error, int directory, MemorySegment path, MemorySegment how, long size) {
    try {
      return (long)
          SYSCALL.invokeExact(error, OPENAT2, (long) directory, path.address(), how, size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long write(MemorySegment error, int descriptor, MemorySegment from, long length) {
    try {
      return (long) WRITE.invokeExact(error, descriptor, from, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long getdents64(MemorySegment error, int descriptor, MemorySegment to, long length) {
    try {
      return (long) GETDENTS.invokeExact(error, descriptor, to, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int statx(
      MemorySegment error, int directory, MemorySegment path, int flags, MemorySegment to) {
    try {
      return (int) STATX.invokeExact(error, directory, path, flags, BASIC_STATS, to);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int fstatfs(MemorySegment error, int descriptor, MemorySegment to) {
    try {
      return (int) FSTATFS.invokeExact(error, descriptor, to);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyInit(MemorySegment error, int flags) {
    try {
      return (int) INOTIFY_INIT.invokeExact(error, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyAddWatch(MemorySegment error, int descriptor, MemorySegment path, int mask) {
    try {
      return (int) INOTIFY_ADD.invokeExact(error, descriptor, path, mask);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyRemoveWatch(int descriptor, int watch) {
    try {
      return (int) INOTIFY_REMOVE.invokeExact(descriptor, watch);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int poll(MemorySegment error, MemorySegment descriptors, long count, int millis) {
    try {
      return (int) POLL.invokeExact(error, descriptors, count, millis);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int eventfd(MemorySegment error, int flags) {
    try {
      return (int) EVENTFD.invokeExact(error, 0, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
