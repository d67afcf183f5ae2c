package dev.homeport.version;

import dev.homeport.version.VersionEntries.Encoded;
import dev.homeport.version.VersionSegment.Location;
import dev.homeport.version.VersionSegment.Tail;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.HeldFile;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Uninterrupted;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The version log as far as this process has read it, and the way to change it on disk.
///
/// Whoever knows an old generation finds that there is a newer one and begins anew. Not
/// thread-safe, except where a method says so; whoever changes something holds the lock of the log.
final class LoadedLog {
  static final long SEGMENT_BYTES = 16L * 1_024 * 1_024;

  private static final int MOST_ATTEMPTS = 10;

  private final Workspace workspace;
  private final Generations generations;
  private volatile VersionIndex index = new VersionIndex();
  private volatile String generation = "";
  private boolean mayHaveLeftovers = true;
  private @Nullable VersionSegment tail;
  private volatile @Nullable HeldFile tailFile;
  private boolean isTailWritable;

  LoadedLog(Workspace workspace, WorkspacePath directory) {
    this.workspace = workspace;
    this.generations = new Generations(workspace, directory);
  }

  /// The name of a segment in the directory of its generation.
  static String segmentName(int number) {
    return "%06d.log".formatted(number);
  }

  /// What was read last. Any thread may ask for it.
  VersionIndex index() {
    return index;
  }

  /// Whether the log was read and not rewritten since. Any thread may ask.
  boolean isOfNow() throws IOException {
    HeldFile file = tailFile;
    return file != null && file.size().isPresent() && generations.isCurrent(generation);
  }

  /// Learns what was appended since, by whatever process.
  Tail refresh() throws IOException {
    VersionSegment last = tail;
    HeldFile file = tailFile;
    if (last == null || file == null || !generations.isCurrent(generation)) {
      return load();
    }
    OptionalLong size = file.size();
    if (size.isEmpty()) {
      return load();
    }
    try {
      Tail end = size.getAsLong() == last.end() ? Tail.CLEAN : read(last, index);
      boolean mayBeFollowed = end != Tail.CLEAN || last.end() >= SEGMENT_BYTES;
      return mayBeFollowed && startNext(last) ? refresh() : end;
    } catch (WorkspaceException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      return load();
    }
  }

  private Tail read(VersionSegment segment, VersionIndex into) throws IOException {
    try (FileChannel channel = workspace.openForRead(segment.path())) {
      return segment.read(channel, into);
    }
  }

  private boolean startNext(VersionSegment last) throws IOException {
    var next = new VersionSegment(following(last));
    if (workspace.stat(next.path()).isEmpty()) {
      return false;
    }
    hold(next);
    return true;
  }

  /// Makes a segment that exists the last one. It is held for reading until something is appended.
  private void hold(VersionSegment last) throws IOException {
    hold(last, HeldFile.open(workspace, last.path(), workspace::openForRead));
    isTailWritable = false;
  }

  private void hold(@Nullable VersionSegment last, @Nullable HeldFile file) throws IOException {
    HeldFile held = tailFile;
    tail = last;
    tailFile = file;
    if (held != null) {
      held.close();
    }
  }

  private WorkspacePath following(VersionSegment last) throws WorkspaceException {
    return segment(last.number() + 1);
  }

  private WorkspacePath segment(int number) throws WorkspaceException {
    return generations.path(generation).child(segmentName(number));
  }

  /// Reads all of the current generation, again if another one took its place meanwhile.
  private Tail load() throws IOException {
    for (int attempt = 1; ; attempt++) {
      String current = generations.current();
      try {
        Tail end = load(current);
        if (generations.isCurrent(current)) {
          return end;
        }
        if (attempt == MOST_ATTEMPTS) {
          throw new WorkspaceException(
              Kind.BUSY,
              "The version log is being replaced again and again, or something that is not"
                  + " Homeport's stands in its directory; look into .homeport/versions.");
        }
      } catch (WorkspaceException e) {
        if (e.kind() != Kind.NOT_FOUND || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Tail load(String current) throws IOException {
    var loaded = new VersionIndex();
    VersionSegment last = null;
    Tail end = Tail.CLEAN;
    for (WorkspacePath path : segments(current)) {
      last = new VersionSegment(path);
      end = read(last, loaded);
      if (end != Tail.CLEAN) {
        System.getLogger(LoadedLog.class.getName())
            .log(Level.WARNING, "version log {0} ends {1} at {2}", path, end, last.end());
      }
    }
    // Nothing is held while the rest is being replaced, so that whoever looks meanwhile loads too.
    hold(null, null);
    index = loaded;
    generation = current;
    mayHaveLeftovers = true;
    if (last != null) {
      hold(last);
    }
    return end;
  }

  private List<WorkspacePath> segments(String of) throws IOException {
    WorkspacePath directory = generations.path(of);
    return workspace.stat(directory).isEmpty()
        ? List.of()
        : workspace.list(directory).stream().map(FileInfo::path).toList();
  }

  /// The bytes of a content as the log was read last.
  ///
  /// @throws WorkspaceException of kind `NOT_FOUND` if the log does not hold it, of another kind if
  ///   it is damaged
  byte[] read(Snapshot content) throws IOException {
    byte[] bytes = read(index.content(content.sha256()).orElseThrow(() -> gone(content)));
    if (!Sha256.hex(bytes).equals(content.sha256())) {
      throw new WorkspaceException(
          Kind.DENIED, "The version " + content.sha256() + " is damaged on disk.");
    }
    return bytes;
  }

  private byte[] read(Location location) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(location.bytes()));
    try (FileChannel channel = workspace.openForRead(location.segment())) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, location.content() + bytes.position()) < 0) {
          throw new EOFException("the version log became shorter while it was read");
        }
      }
    }
    return bytes.array();
  }

  private static WorkspaceException gone(Snapshot content) {
    return new WorkspaceException(
        Kind.NOT_FOUND,
        "The content " + content.sha256() + " is not kept any more: it was redacted or aged out.");
  }

  /// Writes entries after all others, durably.
  ///
  /// @param end as [#refresh] has just said
  void append(List<Encoded> entries, Tail end) throws IOException {
    if (mayHaveLeftovers) {
      generations.removeAllBut(generation);
      mayHaveLeftovers = false;
    }
    VersionSegment last = tail;
    if (last == null) {
      last = begin(segment(1));
    } else if (end == Tail.DAMAGED || last.end() >= SEGMENT_BYTES) {
      last = begin(following(last));
    }
    VersionSegment segment = last;
    Uninterrupted.<@Nullable Object>call(() -> {
      write(segment, entries);
      return null;
    });
    last.passed(entries, index);
  }

  private void write(VersionSegment last, List<Encoded> entries) throws IOException {
    try {
      FileChannel channel = writable(last).channel();
      last.append(channel, entries);
      if (workspace.durability() == Durability.FULL) {
        channel.force(false);
      }
    } catch (ClosedByInterruptException e) {
      isTailWritable = false;
      throw e;
    }
  }

  private VersionSegment begin(WorkspacePath path) throws IOException {
    workspace.openForAppend(path).close();
    var next = new VersionSegment(path);
    hold(next);
    return next;
  }

  private HeldFile writable(VersionSegment last) throws IOException {
    HeldFile file = tailFile;
    if (file == null || !isTailWritable) {
      HeldFile opened = HeldFile.open(workspace, last.path(), workspace::openForUpdate);
      if (file == null || !opened.isSameAs(file)) {
        opened.close();
        throw new WorkspaceException(
            Kind.BUSY, "The version log was replaced while it was written; try again.");
      }
      hold(last, opened);
      isTailWritable = true;
      file = opened;
    }
    return file;
  }

  /// Replaces all by a new generation, durably.
  ///
  /// The old one counts until the new one is complete on disk; then it is deleted.
  void rewrite(Revision revision) throws IOException {
    generations.removeAllBut(generation);
    WorkspacePath place = generations.path(Generations.following(generation));
    VersionIndex written;
    VersionSegment last;
    try (var rewriter = new VersionRewriter(workspace, generations.unfinished(), place)) {
      written = rewriter.write(index, revision);
      last = rewriter.last();
    }
    String next = generations.replace(generation);
    hold(null, null);
    index = written;
    generation = next;
    hold(last);
  }
}
