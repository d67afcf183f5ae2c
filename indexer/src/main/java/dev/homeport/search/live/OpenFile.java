package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;

/// A file that is open for reading, for one thread; an interrupt does not close it.
final class OpenFile implements SeekableByteChannel {
  private static final int IS_DIRECTORY = 21;

  private final Syscalls calls;
  private final int descriptor;
  private long position;
  private boolean isOpen = true;

  /// @param calls are used until the file is closed
  OpenFile(Syscalls calls, int descriptor) {
    this.calls = calls;
    this.descriptor = descriptor;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int wanted = Math.min(to.remaining(), Syscalls.BUFFER);
    long read;
    do {
      read = Libc.pread(calls.error, descriptor, calls.buffer, wanted, position);
    } while (read < 0 && calls.errno() == Syscalls.INTERRUPTED);
    if (read < 0) {
      if (calls.errno() == IS_DIRECTORY) {
        throw new NoSuchFileException("file"); // it was one when it was found
      }
      throw calls.failure("file");
    }
    MemorySegment from = calls.buffer.asSlice(0, read);
    if (to.hasArray()) {
      MemorySegment.copy(
          from, ValueLayout.JAVA_BYTE, 0, to.array(), to.arrayOffset() + to.position(), (int) read);
      to.position(to.position() + (int) read);
    } else {
      to.put(from.asByteBuffer());
    }
    position += read;
    return read == 0 && wanted > 0 ? -1 : (int) read;
  }

  /// Whether it is in the state in which a table has it.
  boolean isStill(TreeFile file) throws IOException {
    Stat now = calls.stat(descriptor);
    return now.isRegularFile()
        && now.size() == file.bytes()
        && now.modified() == file.modified()
        && (file.state() == 0 || file.state() == Folder.state(now.inode(), now.changed()));
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return calls.stat(descriptor).size();
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      Libc.close(descriptor);
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
