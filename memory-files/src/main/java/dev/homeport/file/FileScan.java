package dev.homeport.file;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// One pass over a file in constant memory: where lines begin, how many there are, the digest.
final class FileScan {
  private final long firstLine;
  private final long lineBehind;
  private final MessageDigest digest = Sha256.digest();

  private long position;
  private long line = 1;
  private long start = -1;
  private long end = -1;
  private byte lastByte = '\n';

  private FileScan(long firstLine, long lineBehind) {
    this.firstLine = firstLine;
    this.lineBehind = lineBehind;
  }

  /// Scans a whole file.
  static FileScan whole(FileChannel channel, long firstLine, long lineBehind) throws IOException {
    return scan(channel, new FileScan(firstLine, lineBehind), Long.MAX_VALUE);
  }

  /// Scans a file until `lineBehind` begins or `most` bytes after `firstLine` began.
  static FileScan part(FileChannel channel, long firstLine, long lineBehind, long most)
      throws IOException {
    return scan(channel, new FileScan(firstLine, lineBehind), most);
  }

  private static FileScan scan(FileChannel channel, FileScan scan, long most) throws IOException {
    boolean isWhole = most == Long.MAX_VALUE;
    scan.beginLine();
    var buffer = ByteBuffer.allocate(64 * 1024);
    while ((isWhole || !scan.isEnough(most)) && channel.read(buffer.clear(), scan.position) >= 0) {
      buffer.flip();
      if (isWhole) {
        scan.digest.update(buffer.duplicate());
      }
      scan.take(buffer);
    }
    return scan;
  }

  private boolean isEnough(long most) {
    return end >= 0 || (start >= 0 && position - start >= most);
  }

  private void take(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      lastByte = buffer.get();
      position++;
      if (lastByte == '\n') {
        line++;
        beginLine();
      }
    }
  }

  private void beginLine() {
    if (line == firstLine) {
      start = position;
    }
    if (line == lineBehind) {
      end = position;
    }
  }

  /// Where the first line begins; the end of what was scanned if there are fewer.
  long start() {
    return start < 0 ? position : start;
  }

  /// Where the line behind the range begins; the end of what was scanned if there are fewer.
  long end() {
    return end < 0 ? position : end;
  }

  /// How many lines there are, a last one without newline included.
  long lines() {
    return lastByte == '\n' ? line - 1 : line;
  }

  /// The digest of a file that was scanned whole.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
