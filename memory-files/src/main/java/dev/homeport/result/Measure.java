package dev.homeport.result;

import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes to a channel and takes the digest, size and lines of what passes.
final class Measure extends OutputStream {
  private final FileChannel target;
  private final WorkspacePath path;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private long lineFeeds;
  private boolean endsInLine;

  /// @param path of the file behind the channel, for what its errors say
  Measure(FileChannel target, WorkspacePath path) {
    this.target = target;
    this.path = path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    var buffer = ByteBuffer.wrap(content, offset, length);
    try {
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
    } catch (IOException e) {
      throw WorkspaceException.explain(path, e);
    }
    digest.update(content, offset, length);
    bytes += length;
    for (int i = offset; i < offset + length; i++) {
      endsInLine = content[i] != '\n';
      lineFeeds += endsInLine ? 0 : 1;
    }
  }

  /// Makes what was written durable.
  void force() throws IOException {
    try {
      target.force(true);
    } catch (IOException e) {
      throw WorkspaceException.explain(path, e);
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
