package dev.homeport.search.trigram.build;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The bytes of a source file, whose failures are told apart from those of the index.
final class SourceChannel implements ReadableByteChannel {
  /// A file that was opened cannot be read: its disk is damaged, or a directory took its place.
  static final class UnreadableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private UnreadableException(IOException cause) {
      super(cause);
    }
  }

  private final ReadableByteChannel file;

  SourceChannel(ReadableByteChannel file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    try {
      return file.read(buffer);
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
