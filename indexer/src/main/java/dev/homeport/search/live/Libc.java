package dev.homeport.search.live;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The functions of the C library that a live tree calls. Linked on first use; thread-safe.
///
/// The first argument of most is where `errno` is put. Memory that is given must be kept alive by
/// the caller until the call is over.
final class Libc {
  private static final long BASIC_STATS = 0x7ff;

  /// The number of the call, which is the same on all processors.
  private static final long OPENAT2 = 437;

  // Each form of call costs some milliseconds when it is linked first, each function of a form that
  // is there next to nothing: so all arguments are numbers of one width, which the calling
  // conventions of both processors pass alike.
  private static final MethodHandle OPENAT = link("openat", 3);
  private static final MethodHandle CLOSE = link("close", 1);
  private static final MethodHandle READ = link("read", 3);
  private static final MethodHandle PREAD = link("pread64", 4);
  private static final MethodHandle SYSCALL = link("syscall", 5);
  private static final MethodHandle WRITE = link("write", 3);
  private static final MethodHandle GETDENTS = link("getdents64", 3);
  private static final MethodHandle STATX = link("statx", 5);
  private static final MethodHandle FSTATFS = link("fstatfs", 2);
  private static final MethodHandle INOTIFY_INIT = link("inotify_init1", 1);
  private static final MethodHandle INOTIFY_ADD = link("inotify_add_watch", 3);
  private static final MethodHandle INOTIFY_REMOVE = link("inotify_rm_watch", 2);
  private static final MethodHandle POLL = link("poll", 3);
  private static final MethodHandle EVENTFD = link("eventfd", 2);

  /// Where errors go that nobody asks for.
  private static final MemorySegment IGNORED =
      Arena.global().allocate(Linker.Option.captureStateLayout());

  private Libc() {}

  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle link(String name, int arguments) {
    var layouts = new MemoryLayout[arguments];
    Arrays.fill(layouts, ValueLayout.JAVA_LONG);
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts),
            Linker.Option.captureCallState("errno"));
  }

  private static IllegalStateException unexpected(Throwable problem) {
    return new IllegalStateException("a call of the C library failed", problem);
  }

  static int openat(MemorySegment error, int directory, MemorySegment path, int flags) {
    try {
      return (int) (long) OPENAT.invokeExact(error, (long) directory, path.address(), (long) flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(int descriptor) {
    try {
      return (int) (long) CLOSE.invokeExact(IGNORED, (long) descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long read(MemorySegment error, int descriptor, MemorySegment to, long length) {
    try {
      return (long) READ.invokeExact(error, (long) descriptor, to.address(), length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long pread(
      MemorySegment error, int descriptor, MemorySegment to, long length, long position) {
    try {
      return (long) PREAD.invokeExact(error, (long) descriptor, to.address(), length, position);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A call for which the library has no function of its own: `openat2`.
  static long openat2(
      MemorySegment error, int directory, MemorySegment path, MemorySegment how, long size) {
    try {
      return (long)
          SYSCALL.invokeExact(
              error, OPENAT2, (long) directory, path.address(), how.address(), size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long write(MemorySegment error, int descriptor, MemorySegment from, long length) {
    try {
      return (long) WRITE.invokeExact(error, (long) descriptor, from.address(), length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long getdents64(MemorySegment error, int descriptor, MemorySegment to, long length) {
    try {
      return (long) GETDENTS.invokeExact(error, (long) descriptor, to.address(), length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int statx(
      MemorySegment error, int directory, MemorySegment path, int flags, MemorySegment to) {
    try {
      return (int)
          (long)
              STATX.invokeExact(
                  error, (long) directory, path.address(), (long) flags, BASIC_STATS, to.address());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int fstatfs(MemorySegment error, int descriptor, MemorySegment to) {
    try {
      return (int) (long) FSTATFS.invokeExact(error, (long) descriptor, to.address());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyInit(MemorySegment error, int flags) {
    try {
      return (int) (long) INOTIFY_INIT.invokeExact(error, (long) flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyAddWatch(MemorySegment error, int descriptor, MemorySegment path, int mask) {
    try {
      return (int)
          (long) INOTIFY_ADD.invokeExact(error, (long) descriptor, path.address(), (long) mask);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int inotifyRemoveWatch(int descriptor, int watch) {
    try {
      return (int) (long) INOTIFY_REMOVE.invokeExact(IGNORED, (long) descriptor, (long) watch);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int poll(MemorySegment error, MemorySegment descriptors, long count, int millis) {
    try {
      return (int) (long) POLL.invokeExact(error, descriptors.address(), count, (long) millis);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int eventfd(MemorySegment error, int flags) {
    try {
      return (int) (long) EVENTFD.invokeExact(error, 0L, (long) flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
