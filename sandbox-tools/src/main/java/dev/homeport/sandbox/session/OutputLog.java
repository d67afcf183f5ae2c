package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a command printed: beginning and end in memory, everything in a file once that is not all.
///
/// Memory and file are bounded; beyond the file's limit bytes are counted and dropped. Thread-safe.
final class OutputLog implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Path path;
  private final ExecLimits limits;
  private final byte[] head;
  private final byte[] ring;
  private long total;
  private long filed;
  private @Nullable FileChannel file;
  private boolean fileFailed;

  OutputLog(Path path, ExecLimits limits) {
    this.path = path;
    this.limits = limits;
    this.head = new byte[limits.headBytes()];
    this.ring = new byte[limits.tailBytes()];
  }

  void append(byte[] bytes, int length) {
    lock.lock();
    try {
      if (file == null && !fileFailed && total + length > head.length + ring.length) {
        byte[] before = memory(0, (int) total);
        openFile();
        writeFile(before, before.length);
      }
      writeFile(bytes, length);
      remember(bytes, length);
    } finally {
      lock.unlock();
    }
  }

  long totalBytes() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  private void remember(byte[] bytes, int length) {
    int toHead = Math.clamp(head.length - total, 0, length);
    System.arraycopy(bytes, 0, head, (int) Math.min(total, head.length), toHead);
    int from = Math.max(toHead, length - ring.length);
    long position = total + from - head.length;
    while (from < length) {
      int at = (int) (position % ring.length);
      int count = Math.min(length - from, ring.length - at);
      System.arraycopy(bytes, from, ring, at, count);
      from += count;
      position += count;
    }
    total += length;
  }

  /// Bytes that head and ring still hold.
  private byte[] memory(long from, int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      long position = from + i;
      out[i] =
          position < head.length
              ? head[(int) position]
              : ring[(int) ((position - head.length) % ring.length)];
    }
    return out;
  }

  private void openFile() {
    try {
      file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      giveUpFile(e);
    }
  }

  private void writeFile(byte[] bytes, int length) {
    FileChannel open = file;
    if (open == null || fileFailed) {
      return;
    }
    var buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(length, limits.fileBytes() - filed));
    try {
      while (buffer.hasRemaining()) {
        filed += open.write(buffer, filed);
      }
    } catch (IOException e) {
      giveUpFile(e);
    }
  }

  /// A full disk must not stop the command; the counts tell that the file is not complete.
  private void giveUpFile(IOException e) {
    fileFailed = true;
    System.getLogger(OutputLog.class.getName())
        .log(System.Logger.Level.WARNING, "output file given up at " + filed + " bytes", e);
  }

  ExecOutput output() {
    lock.lock();
    try {
      if (total <= head.length + ring.length) {
        byte[] all = memory(0, (int) total);
        String text = Utf8.decode(all, 0, all.length);
        return new ExecOutput(text, "", total, 0, Optional.empty(), 0);
      }
      int headEnd = head.length - Utf8.tornAtEnd(head, head.length);
      byte[] tail = memory(total - ring.length, ring.length);
      int tailStart = Utf8.tornAtStart(tail);
      return new ExecOutput(
          Utf8.decode(head, 0, headEnd),
          Utf8.decode(tail, tailStart, tail.length),
          total,
          total - headEnd - (tail.length - tailStart),
          file == null ? Optional.empty() : Optional.of(path),
          filed);
    } finally {
      lock.unlock();
    }
  }

  /// The bytes from a position on, at most `max` of them.
  ///
  /// @param ended whether nothing will follow, so that a torn character is not waited for
  LogChunk read(long cursor, int max, boolean ended) throws IOException {
    lock.lock();
    try {
      long from = Math.clamp(cursor, 0, total);
      if (isDropped(from)) {
        from = Math.max(from, total - ring.length);
      }
      byte[] bytes = bytes(from, max);
      int torn = Utf8.tornAtEnd(bytes, bytes.length);
      boolean more = !ended || from + bytes.length < total;
      int length = more && torn < bytes.length ? bytes.length - torn : bytes.length;
      String text = Utf8.decode(bytes, 0, length);
      return new LogChunk(text, from + length, from - Math.clamp(cursor, 0, total), total);
    } finally {
      lock.unlock();
    }
  }

  private boolean isDropped(long from) {
    return total > head.length + ring.length && from >= filed;
  }

  private byte[] bytes(long from, int max) throws IOException {
    int length = (int) Math.min(max, total - from);
    FileChannel open = file;
    if (open == null || from >= filed) {
      return memory(from, length);
    }
    var buffer = ByteBuffer.allocate((int) Math.min(length, filed - from));
    while (buffer.hasRemaining() && open.read(buffer, from + buffer.position()) >= 0) {}
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      FileChannel open = file;
      if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
