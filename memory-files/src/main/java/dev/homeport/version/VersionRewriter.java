package dev.homeport.version;

import dev.homeport.version.VersionSegment.Location;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the segments of a new generation from those of an old one.
///
/// Versions and the contents that they name are copied in their order; what no version names any
/// more is left out, and so is what cannot be read because it is damaged. Not thread-safe.
final class VersionRewriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1_024;
  private static final byte[] END = {'\n'};

  private final Workspace workspace;
  private final WorkspacePath directory;
  private final Revision revision;
  private final Set<String> wanted = new HashSet<>();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private @Nullable FileChannel out;
  private int segments;

  /// @param directory where the new segments go; there must be none yet
  /// @param versions all versions before the revision
  VersionRewriter(
      Workspace workspace, WorkspacePath directory, Revision revision, List<Version> versions) {
    this.workspace = workspace;
    this.directory = directory;
    this.revision = revision;
    for (Version version : versions) {
      revision.revise(version).ifPresent(this::want);
    }
  }

  private void want(Version version) {
    version.contentBefore().ifPresent(content -> wanted.add(content.sha256()));
    version.contentAfter().ifPresent(content -> wanted.add(content.sha256()));
  }

  /// Copies what stays of a segment.
  void copy(WorkspacePath segment) throws IOException {
    try (FileChannel in = workspace.openForRead(segment)) {
      new VersionSegment(segment)
          .read(
              in,
              new VersionSegment.Reader() {
                @Override
                public void change(Version version, byte[] line) throws IOException {
                  beginEntry();
                  Optional<Version> revised = revision.revise(version);
                  if (revised.equals(Optional.of(version))) {
                    write(line);
                    write(END);
                  } else {
                    write(revised);
                  }
                }

                @Override
                public void content(Snapshot content, Location location) throws IOException {
                  if (wanted.remove(content.sha256())) {
                    beginEntry();
                    write(VersionEntries.line(content));
                    transfer(in, location);
                    write(END);
                  }
                }
              });
    }
  }

  /// Adds the new versions and makes all durable.
  void finish() throws IOException {
    for (Version version : revision.added()) {
      beginEntry();
      write(Optional.of(version));
    }
    endSegment(segment());
  }

  private void beginEntry() throws IOException {
    FileChannel current = out;
    if (current != null && current.position() + buffer.size() >= LoadedLog.SEGMENT_BYTES) {
      endSegment(current);
    }
  }

  private void write(Optional<Version> version) throws IOException {
    if (version.isPresent()) {
      write(VersionEntries.line(version.get()));
    }
  }

  private void write(byte[] bytes) throws IOException {
    buffer.writeBytes(bytes);
    if (buffer.size() >= BUFFER_BYTES) {
      flush(segment());
    }
  }

  private void transfer(FileChannel in, Location location) throws IOException {
    FileChannel to = segment();
    flush(to);
    long done = 0;
    while (done < location.bytes()) {
      long moved = in.transferTo(location.offset() + done, location.bytes() - done, to);
      if (moved <= 0) {
        throw new EOFException("the version log became shorter while it was rewritten");
      }
      done += moved;
    }
  }

  /// The segment that is being written; begins the next one if there is none.
  private FileChannel segment() throws IOException {
    FileChannel current = out;
    if (current == null) {
      segments++;
      current = workspace.openForAppend(directory.child(LoadedLog.segmentName(segments)));
      out = current;
    }
    return current;
  }

  private void flush(FileChannel to) throws IOException {
    var bytes = ByteBuffer.wrap(buffer.toByteArray());
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    buffer.reset();
  }

  private void endSegment(FileChannel current) throws IOException {
    flush(current);
    if (workspace.durability() == Durability.FULL) {
      current.force(false);
    }
    current.close();
    out = null;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
