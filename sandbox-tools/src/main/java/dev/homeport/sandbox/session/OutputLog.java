package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a command printed: beginning and end in memory, everything in a file once that is not all.
///
/// Memory and file are bounded; beyond the file's limit bytes are counted and dropped. Thread-safe.
final class OutputLog implements AutoCloseable {
  /// Less than what is read of a command before its sandbox lets go of it.
  private static final int MOST_IN_MEMORY = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Path path;
  private final ExecLimits limits;
  private final byte[] head;
  private final byte[] ring;
  private long total;
  private long filed;

  /// Where the ring begins to hold what was printed; before that the file does, or nothing.
  private long gapEnd;

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
      if (total + length > Math.min(MOST_IN_MEMORY, head.length + ring.length)) {
        file();
      }
      writeFile(bytes, length);
      remember(bytes, length);
    } finally {
      lock.unlock();
    }
  }

  /// Goes on with what another server wrote.
  ///
  /// @param from from where on more will come, if the file ends before that: what lies between is
  ///   lost
  void resume(long from) throws IOException {
    lock.lock();
    try {
      if (Files.exists(path)) {
        FileChannel open =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file = open;
        filed = open.size();
        recall(open, 0, head.length);
        recall(open, Math.max(total, filed - ring.length), filed);
      }
      total = Math.max(filed, from);
      if (total > filed) {
        gapEnd = total;
        fileFailed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void recall(FileChannel open, long from, long to) throws IOException {
    total = from;
    var buffer = ByteBuffer.allocate((int) (Math.min(to, filed) - Math.min(from, filed)));
    while (buffer.hasRemaining() && open.read(buffer, from + buffer.position()) >= 0) {}
    remember(buffer.array(), buffer.position());
  }

  /// Writes what is only in memory so far to the file.
  void persist() {
    lock.lock();
    try {
      file();
    } finally {
      lock.unlock();
    }
  }

  private void file() {
    if (file == null && !fileFailed) {
      byte[] before = memory(0, (int) total);
      openFile();
      writeFile(before, before.length);
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
      if (gapEnd == 0 && total <= head.length + ring.length) {
        byte[] all = memory(0, (int) total);
        String text = Utf8.decode(all, 0, all.length);
        return new ExecOutput(text, "", total, 0, Optional.empty(), 0);
      }
      int headLength = gapEnd == 0 ? head.length : (int) Math.min(head.length, filed);
      int headEnd = headLength - Utf8.tornAtEnd(head, headLength);
      long tailFrom = Math.max(total - ring.length, gapEnd);
      byte[] tail = memory(tailFrom, (int) (total - tailFrom));
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
        from = Math.max(from, Math.max(total - ring.length, gapEnd));
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
    return (gapEnd > 0 || total > head.length + ring.length) && from >= filed;
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
