package dev.homeport.memory;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// Holds the memory trees to their [MemoryLimits].
///
/// What adds a file is checked by counting the tree under its own lock. A file that only grows is
/// not: while a tenth of the tree's bytes is free, each process may let files grow by a [#SHARE]th
/// of that reach without looking again, so edits of different files run side by side. Nearer to the
/// limit, each growth is counted under the lock as well.
///
/// So each process may pass the limit by its share at most, which is 0.63 % of the limit; each
/// refusal is exact. Thread-safe.
final class MemoryQuota {
  /// Which part of the bytes of a tree must be free for files to grow without counting.
  private static final int REACH = 10;

  /// Which part of the reach a process may use up before it counts again; as many processes at once
  /// still end within the limit.
  private static final int SHARE = 16;

  private final MemoryLimits limits;
  private final ConcurrentMap<MemoryTree, Allowance> allowances = new ConcurrentHashMap<>();

  MemoryQuota(MemoryLimits limits) {
    this.limits = limits;
  }

  MemoryLimits limits() {
    return limits;
  }

  void requireSize(MemoryPath path, byte[] content) throws RefusedException {
    if (content.length > limits.fileBytes()) {
      throw new RefusedException(
          "Error: File %s would have %,d bytes, but a memory file may have at most %,d; split it or shorten it."
              .formatted(path, content.length, limits.fileBytes()));
    }
  }

  /// Refuses one more file of this size in a full tree, whose own lock is held.
  void requireRoom(MemoryTree tree, long bytes) throws IOException, RefusedException {
    MemoryTree.Usage usage = tree.usage(limits.files());
    if (usage.files() >= limits.files()) {
      throw new RefusedException(
          "Error: %s holds %,d files, which is the most; merge or delete some first."
              .formatted(tree.name(), limits.files()));
    }
    requireBytes(tree, usage, bytes);
  }

  /// Refuses that a file grows in a full tree, whose own lock is held.
  void requireGrowth(MemoryTree tree, long bytes) throws IOException, RefusedException {
    if (bytes > 0 && limits.isTreeBytesTighter()) {
      requireBytes(tree, tree.usage(Integer.MAX_VALUE), bytes);
    }
  }

  private void requireBytes(MemoryTree tree, MemoryTree.Usage usage, long added)
      throws RefusedException {
    if (usage.bytes() + added > limits.treeBytes()) {
      throw new RefusedException(
          "Error: %s would hold %,d bytes, but may hold at most %,d; shorten or delete some first."
              .formatted(tree.name(), usage.bytes() + added, limits.treeBytes()));
    }
  }

  /// Begins to let a file grow without the lock of its tree.
  ///
  /// @return whether it may; if so, [#grown] must follow once the file is written or is not going
  ///   to be
  boolean mayGrow(MemoryTree tree, long bytes) throws IOException {
    return bytes <= 0
        || !limits.isTreeBytesTighter()
        || allowances.computeIfAbsent(tree, Allowance::new).take(bytes);
  }

  /// Ends what [#mayGrow] allowed.
  void grown(MemoryTree tree, long bytes) {
    Allowance allowance = allowances.get(tree);
    if (bytes > 0 && allowance != null) {
      allowance.settle(bytes);
    }
  }

  /// How much the files of a tree may grow before it is counted again.
  private final class Allowance {
    private final MemoryTree tree;
    private final ReentrantLock lock = new ReentrantLock();
    private long left;
    private long unwritten;

    Allowance(MemoryTree tree) {
      this.tree = tree;
    }

    boolean take(long bytes) throws IOException {
      lock.lock();
      try {
        if (bytes > left) {
          left = count();
        }
        if (bytes > left) {
          return false;
        }
        left -= bytes;
        unwritten += bytes;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /// What is allowed and not written yet was not there to be counted, so it is taken off.
    private long count() throws IOException {
      long reach = limits.treeBytes() / REACH;
      long share = reach / SHARE - unwritten;
      return share > 0
              && tree.usage(Integer.MAX_VALUE).bytes() + unwritten + reach <= limits.treeBytes()
          ? share
          : 0;
    }

    void settle(long bytes) {
      lock.lock();
      try {
        unwritten -= bytes;
      } finally {
        lock.unlock();
      }
    }
  }
}
