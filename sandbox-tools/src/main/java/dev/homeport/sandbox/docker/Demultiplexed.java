package dev.homeport.sandbox.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/// The payload of frames in which the engine sends standard output and standard error.
///
/// A frame begins with 8 bytes: which stream it is, three zeros, and its length.
final class Demultiplexed extends InputStream {
  private static final int HEADER = 8;
  private static final int LENGTH_AT = 4;

  private final InputStream frames;
  private final CountDownLatch end = new CountDownLatch(1);
  private long left;

  Demultiplexed(InputStream frames) {
    this.frames = frames;
  }

  /// Opens when the last byte was read, or reading failed.
  CountDownLatch end() {
    return end;
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
    int count = -1;
    try {
      while (left == 0) {
        byte[] header = frames.readNBytes(HEADER);
        if (header.length < HEADER) {
          return -1;
        }
        left = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(LENGTH_AT));
      }
      count = frames.read(bytes, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the engine broke off within a frame");
      }
      left -= count;
      return count;
    } finally {
      if (count < 0) {
        end.countDown();
      }
    }
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    frames.close();
  }
}
