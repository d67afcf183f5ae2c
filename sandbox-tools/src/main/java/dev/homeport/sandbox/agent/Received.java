package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// The output of a command as it comes, for one reader.
///
/// The agent sends no more than its ring holds without an acknowledgement, so this stays small. A
/// read acknowledges what earlier reads gave, and only every so often: whoever reads may die with
/// the last piece in its hands.
final class Received extends InputStream {
  private static final int ACK_AFTER = 128 << 10;

  private final LongConsumer acknowledge;
  private final Runnable finished;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int used;
  private long taken;
  private long acked;
  private boolean complete;
  private boolean closed;
  private boolean told;

  /// @param from the position of the first byte
  /// @param acknowledge is told up to where the output is no longer needed
  /// @param finished is called once, when this is closed and nothing more will come
  Received(long from, LongConsumer acknowledge, Runnable finished) {
    this.taken = from;
    this.acked = from;
    this.acknowledge = acknowledge;
    this.finished = finished;
  }

  void add(byte[] chunk) {
    long drop = -1;
    lock.lock();
    try {
      if (closed) {
        taken += chunk.length;
        drop = taken;
      } else {
        chunks.add(chunk);
        more.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (drop >= 0) {
      acknowledge.accept(drop);
    }
  }

  /// Nothing more will come.
  void complete() {
    boolean unread;
    lock.lock();
    try {
      complete = true;
      unread = !closed;
      more.signalAll();
    } finally {
      lock.unlock();
    }
    if (!unread) {
      finish();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    acknowledgeOften();
    return take(bytes, offset, length);
  }

  private void acknowledgeOften() {
    long position = -1;
    lock.lock();
    try {
      if (taken - acked >= ACK_AFTER) {
        acked = taken;
        position = taken;
      }
    } finally {
      lock.unlock();
    }
    if (position >= 0) {
      acknowledge.accept(position);
    }
  }

  private int take(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      while (chunks.isEmpty() && !complete && !closed) {
        more.awaitUninterruptibly();
      }
      if (chunks.isEmpty()) {
        return -1;
      }
      byte[] chunk = chunks.getFirst();
      int count = Math.min(length, chunk.length - used);
      System.arraycopy(chunk, used, bytes, offset, count);
      used += count;
      taken += count;
      if (used == chunk.length) {
        chunks.removeFirst();
        used = 0;
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    boolean first;
    lock.lock();
    try {
      first = complete && !told;
      told |= first;
    } finally {
      lock.unlock();
    }
    if (first) {
      finished.run();
    }
  }

  /// Lets the command go on without a reader.
  @Override
  public void close() {
    long position;
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        taken += chunks.stream().mapToLong(chunk -> chunk.length).sum() - used;
        chunks.clear();
      }
      position = taken;
      more.signalAll();
    } finally {
      lock.unlock();
    }
    acknowledge.accept(position);
    finish();
  }
}
