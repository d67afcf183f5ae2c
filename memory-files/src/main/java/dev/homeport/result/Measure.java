package dev.homeport.result;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes to a channel and takes the digest, size and lines of what passes.
final class Measure extends OutputStream {
  private final WritableByteChannel target;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private long lineFeeds;
  private boolean endsInLine;

  Measure(WritableByteChannel target) {
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    var buffer = ByteBuffer.wrap(content, offset, length);
    while (buffer.hasRemaining()) {
      target.write(buffer);
    }
    digest.update(content, offset, length);
    bytes += length;
    for (int i = offset; i < offset + length; i++) {
      endsInLine = content[i] != '\n';
      lineFeeds += endsInLine ? 0 : 1;
    }
  }

  /// The digest of everything; may be called once.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return endsInLine ? lineFeeds + 1 : lineFeeds;
  }
}
