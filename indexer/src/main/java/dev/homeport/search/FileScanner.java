package dev.homeport.search;

import dev.homeport.search.FileResult.State;
import dev.homeport.search.bytes.ByteScan;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.MatchCursor;
import dev.homeport.search.regex.RegexSyntaxException;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/// Searches files one after the other; confined to one thread.
final class FileScanner implements AutoCloseable {
  private static final int BINARY_PROBE = 64 << 10;

  /// Chunks in a row are read together up to about this many bytes.
  private static final int MAX_READ = 256 << 10;

  /// Makes scanners of one search.
  interface Maker {
    /// A scanner for one thread.
    FileScanner make() throws IOException;
  }

  private final CompiledPattern pattern;
  private final GrepRequest request;
  private final ScannedFiles files;
  private final LineBuffer buffer = new LineBuffer();

  FileScanner(ScannedFiles files, CompiledPattern pattern, GrepRequest request) {
    this.pattern = pattern;
    this.request = request;
    this.files = files;
  }

  /// Searches a file and keeps the text of at most `cap` matching lines.
  FileResult scan(TreeFile file, int cap)
      throws IOException, RegexSyntaxException, InterruptedException {
    try (ReadableByteChannel channel = open(file)) {
      buffer.open(channel);
      return pattern.crossesLines() ? scanWhole(file, cap) : scanLines(file, cap);
    } catch (ClosedByInterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return FileResult.without(file, State.VANISHED);
    } catch (LineBuffer.OversizedException e) {
      return FileResult.without(file, State.OVERSIZED);
    } catch (FileSystemException e) {
      return FileResult.without(file, State.UNREADABLE);
    } catch (IOException e) {
      if (files.isThere(file)) {
        throw e;
      }
      return FileResult.without(file, State.VANISHED); // a directory can be opened, but not read
    }
  }

  /// An empty file is not opened: it may be a lock file, and POSIX drops all locks that a process
  /// has on a file when the process closes any descriptor of it.
  private ReadableByteChannel open(TreeFile file) throws IOException {
    return file.bytes() == 0
        ? Channels.newChannel(InputStream.nullInputStream())
        : files.open(file);
  }

  private FileResult scanLines(TreeFile file, int cap)
      throws IOException, RegexSyntaxException, InterruptedException {
    var lines = new LineCollector(request, cap, false);
    int position = 0;
    int keepFrom = 0;
    while (buffer.fill(keepFrom)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      position -= keepFrom;
      int end = buffer.linesEnd();
      scanWindow(lines, position);
      if (lines.isEnough()) {
        return result(file, lines, 1, false);
      }
      lines.contextUpTo(buffer.bytes(), end);
      position = end;
      keepFrom = lines.keepFrom(buffer.bytes(), buffer.start(), end);
      lines.roll(buffer.bytes(), keepFrom);
    }
    return result(file, lines, lines.count(), buffer.isBinary());
  }

  /// Searches the lines of the window from an index on.
  private void scanWindow(LineCollector lines, int start) throws RegexSyntaxException {
    new LineSearch(pattern, request, lines)
        .search(buffer.bytes(), buffer.start(), start, buffer.linesEnd());
  }

  /// Searches the chunks of a file outside of which nothing matches; the result is the same as that
  /// of [#scan(TreeFile, int)].
  ///
  /// If the file is no longer in the state that is given, or lines around matches are asked for and
  /// there is one, all of it is searched.
  ///
  /// @param chunks in order; empty for all of the file
  FileResult scan(TreeFile file, List<Chunk> chunks, int cap)
      throws IOException, RegexSyntaxException, InterruptedException {
    if (chunks.isEmpty() || pattern.crossesLines()) {
      return scan(file, cap);
    }
    var lines = new LineCollector(request, cap, false);
    try (SeekableByteChannel channel = files.open(file)) {
      boolean isComplete = scanChunks(channel, chunks, lines);
      boolean lacksContext = lines.count() > 0 && request.before() + request.after() > 0;
      if (isComplete && !lacksContext && files.isUnchanged(channel, file)) {
        return result(file, lines, lines.count(), false);
      }
    } catch (ClosedByInterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (IOException e) {
      return scan(file, cap); // which tells the reason
    }
    return scan(file, cap);
  }

  private boolean scanChunks(SeekableByteChannel channel, List<Chunk> chunks, LineCollector lines)
      throws IOException, RegexSyntaxException, InterruptedException {
    int next = 0;
    while (next < chunks.size() && !lines.isEnough()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Chunk first = chunks.get(next++);
      long end = first.offset() + first.length();
      while (next < chunks.size()
          && chunks.get(next).offset() == end
          && end - first.offset() < MAX_READ) {
        end += chunks.get(next++).length();
      }
      if (!buffer.load(channel, first.offset(), (int) (end - first.offset()))) {
        return false;
      }
      lines.moveTo(first.line(), buffer.start());
      scanWindow(lines, buffer.start());
    }
    return true;
  }

  private FileResult scanWhole(TreeFile file, int cap) throws IOException, RegexSyntaxException {
    buffer.readAll();
    byte[] bytes = buffer.bytes();
    int end = buffer.linesEnd();
    if (ByteScan.indexOf(bytes, (byte) 0, 0, Math.min(end, BINARY_PROBE)) >= 0) {
      return new FileResult(file, State.SEARCHED, 0, 0, List.of(), true);
    }
    var lines = new LineCollector(request, cap, true);
    MatchCursor cursor = pattern.search(bytes, 0, end);
    int count = 0;
    boolean more = cursor.find() && cursor.start() < end;
    while (more && !lines.isBinary()) {
      int match = cursor.start();
      int from = ByteScan.lineStart(bytes, 0, match);
      int to = from;
      int inBlock = 0;
      int last = -1;
      // Matches on touching lines are one block; an empty one right after another does not count.
      while (more && ByteScan.lineStart(bytes, from, cursor.start()) <= to) {
        to = Math.max(to, linesOf(cursor, ByteScan.lineStart(bytes, from, cursor.start()), end));
        inBlock += cursor.end() == last ? 0 : 1;
        last = cursor.end();
        more = cursor.find() && cursor.start() < end;
      }
      lines.matched(bytes, 0, from, to, match);
      count += lines.isBinary() ? 0 : inBlock;
      if (request.mode() == OutputMode.FILES_WITH_MATCHES) {
        break;
      }
    }
    lines.contextUpTo(bytes, end);
    return result(file, lines, count, lines.isBinary());
  }

  /// The end of the last line of a match that begins in the line at `from`.
  private int linesOf(MatchCursor cursor, int from, int end) {
    byte[] bytes = buffer.bytes();
    boolean endsLine = cursor.end() > from && bytes[cursor.end() - 1] == '\n';
    return endsLine ? cursor.end() : ByteScan.lineEnd(bytes, cursor.end(), end);
  }

  private static FileResult result(TreeFile file, LineCollector lines, int count, boolean binary) {
    return new FileResult(
        file, State.SEARCHED, lines.count() == 0 ? 0 : count, lines.count(), lines.lines(), binary);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
