package dev.homeport.file;

import dev.homeport.text.PictureType;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads slices of an open file in bounded memory.
final class FileReader {
  /// The most bytes of text that one read answers.
  static final int MOST_TEXT = 40_000;

  private static final int MOST_PICTURE = 5 * 1024 * 1024;

  private final WorkspacePath path;
  private final FileChannel channel;
  private final long size;

  FileReader(WorkspacePath path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  /// A part of the file, in bytes.
  private record Part(long from, long to) {}

  ReadOutcome read(Slice slice) throws IOException {
    var picture = PictureType.of(bytes(0, PictureType.HEAD_BYTES));
    if (picture.isPresent() && size <= MOST_PICTURE) {
      byte[] content = bytes(0, size);
      return new ReadOutcome.Picture(
          FileFacts.of(path, content),
          picture.get().mediaType(),
          Base64.getEncoder().encodeToString(content));
    }
    boolean isLarge = size > WorkspaceFiles.MOST_SCANNED;
    return switch (slice) {
      case Slice.LineRange(long first, long last) -> readLines(first, last, isLarge);
      case Slice.Head(long lines) -> readLines(1, lines, isLarge);
      case Slice.ByteRange(long offset, long limit) -> {
        if (offset > size) {
          throw behindTheEnd("offset " + offset, size + " bytes");
        }
        yield readBytes(new Part(offset, Math.min(size, offset + limit)), isLarge);
      }
      case Slice.Tail(long lines) -> readBytes(tail(lines), isLarge);
    };
  }

  /// All bytes of a file that is small enough.
  byte[] whole() throws IOException {
    return bytes(0, size);
  }

  private ReadOutcome readLines(long first, long last, boolean isLarge) throws IOException {
    long behind = last == -1 ? Long.MAX_VALUE : last + 1;
    FileScan scan =
        isLarge
            ? FileScan.part(channel, first, behind, MOST_TEXT)
            : FileScan.whole(channel, first, behind);
    if (first > 1 && first > scan.lines()) {
      throw behindTheEnd("line " + first, scan.lines() + " lines");
    }
    long end = isLarge && last == -1 ? size : scan.end();
    return text(new Part(scan.start(), end), OptionalLong.of(first), whole(scan, isLarge));
  }

  private ReadOutcome readBytes(Part part, boolean isLarge) throws IOException {
    if (isLarge) {
      var whole = new ReadOutcome.Whole(size, OptionalLong.empty(), Optional.empty());
      return text(part, OptionalLong.empty(), whole);
    }
    FileScan scan = FileScan.whole(channel, 1, Long.MAX_VALUE);
    return text(part, OptionalLong.of(lineAt(part.from)), whole(scan, false));
  }

  private ReadOutcome.Whole whole(FileScan scan, boolean isLarge) {
    return isLarge
        ? new ReadOutcome.Whole(size, OptionalLong.empty(), Optional.empty())
        : new ReadOutcome.Whole(size, OptionalLong.of(scan.lines()), Optional.of(scan.sha256()));
  }

  private long lineAt(long offset) throws IOException {
    long line = 1;
    for (long position = 0; position < offset; position += MOST_TEXT) {
      for (byte b : bytes(position, Math.min(offset, position + MOST_TEXT))) {
        line += b == '\n' ? 1 : 0;
      }
    }
    return line;
  }

  /// The last lines as far as they fit; a line that is cut by the limit is left out.
  private Part tail(long lines) throws IOException {
    long window = Math.max(0, size - MOST_TEXT);
    byte[] content = bytes(window, size);
    int from = content.length;
    long found = 0;
    for (int i = content.length - 1; i >= 0 && found < lines; i--) {
      if (i == 0 ? window == 0 : content[i - 1] == '\n') {
        from = i;
        found++;
      }
    }
    return new Part(found == 0 ? window : window + from, size);
  }

  private ReadOutcome text(Part part, OptionalLong firstLine, ReadOutcome.Whole whole)
      throws IOException {
    byte[] raw = bytes(part.from, Math.min(part.to, part.from + MOST_TEXT));
    if (contains(raw, (byte) 0)) {
      return new ReadOutcome.Binary(path, size);
    }
    boolean isCut = part.from + raw.length < part.to;
    int begin = part.from == 0 ? 0 : Utf8.firstBoundary(raw);
    int end = isCut ? lastLineEnd(raw) : raw.length;
    end = part.from + end < size ? Utf8.lastBoundary(raw, end) : end;
    byte[] kept = Arrays.copyOfRange(raw, begin, Math.max(begin, end));
    Optional<String> exact = Utf8.decode(kept);
    return new ReadOutcome.Text(
        path,
        exact.orElseGet(() -> new String(kept, StandardCharsets.UTF_8)),
        exact.isPresent(),
        part.from + begin,
        part.from + Math.max(begin, end),
        isCut,
        firstLine,
        whole);
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  /// Behind the last newline, so that the next read begins with a whole line.
  private static int lastLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end == 0 ? bytes.length : end;
  }

  private byte[] bytes(long from, long to) throws IOException {
    var buffer = ByteBuffer.allocate((int) (Math.min(to, size) - Math.min(from, size)));
    long position = from;
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = channel.read(buffer, position);
      position += Math.max(read, 0);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private WorkspaceException behindTheEnd(String asked, String has) {
    return new WorkspaceException(
        WorkspaceException.Kind.BAD_RANGE,
        "%s has %s, so there is no %s; read a part before its end.".formatted(path, has, asked));
  }
}
