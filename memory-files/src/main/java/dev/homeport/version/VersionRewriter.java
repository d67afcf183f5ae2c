package dev.homeport.version;

import dev.homeport.version.VersionEntries.Entry;
import dev.homeport.version.VersionSegment.Location;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the segments of a new generation from those of an old one, and says what is in them.
///
/// Versions and the contents that they name are copied in their order, neighbours in one piece;
/// what no version names any more is left out, and so is what could not be read because it is
/// damaged. Nothing is parsed again. Not thread-safe.
final class VersionRewriter implements AutoCloseable {
  /// An entry that stays.
  ///
  /// @param isSame whether its bytes stay too
  private record Kept(Entry entry, Location old, boolean isSame) {}

  private static final Comparator<Kept> ORDER =
      Comparator.comparing((Kept kept) -> kept.old().segment().name())
          .thenComparingLong(kept -> kept.old().start());

  private final Workspace workspace;
  private final WorkspacePath aside;
  private final WorkspacePath place;
  private final VersionIndex written = new VersionIndex();

  private @Nullable FileChannel in;
  private @Nullable WorkspacePath inPath;
  private @Nullable FileChannel out;

  /// Old bytes that are to be copied next: neighbours become one piece.
  private @Nullable Location run;

  private VersionSegment segment;

  /// @param aside the directory where the new segments are written; there must be none yet
  /// @param place the directory where they will be
  VersionRewriter(Workspace workspace, WorkspacePath aside, WorkspacePath place)
      throws IOException {
    this.workspace = workspace;
    this.aside = aside;
    this.place = place;
    this.segment = begin(1);
  }

  private VersionSegment begin(int number) throws IOException {
    String name = LoadedLog.segmentName(number);
    out = workspace.openForAppend(aside.child(name));
    return new VersionSegment(place.child(name));
  }

  /// Writes what a revision leaves of a log, and what it adds, durably.
  ///
  /// @return what the new segments say
  VersionIndex write(VersionIndex log, Revision revision) throws IOException {
    for (Kept kept : kept(log, revision)) {
      startNextIfFull();
      if (kept.isSame()) {
        copy(kept.old());
        segment.passed(kept.entry(), kept.old().content() - kept.old().start(), written);
      } else if (kept.entry() instanceof Entry.Change(Version version)) {
        add(version);
      }
    }
    for (Version version : revision.added()) {
      startNextIfFull();
      add(version);
    }
    endSegment();
    return written;
  }

  /// The last of the new segments, where it will be.
  VersionSegment last() {
    return segment;
  }

  /// All that stays, in its old order.
  private static List<Kept> kept(VersionIndex log, Revision revision) {
    var all = new ArrayList<Kept>();
    var wanted = new HashSet<String>();
    for (int i = 0; i < log.versions().size(); i++) {
      Version old = log.versions().get(i);
      Optional<Version> revised = revision.revise(old);
      if (revised.isPresent()) {
        Version version = revised.get();
        var entry = new Entry.Change(version);
        all.add(new Kept(entry, log.locations().get(i), version.equals(old)));
        version.contentBefore().ifPresent(content -> wanted.add(content.sha256()));
        version.contentAfter().ifPresent(content -> wanted.add(content.sha256()));
      }
    }
    for (String sha256 : wanted) {
      Optional<Location> location = log.content(sha256);
      if (location.isPresent()) {
        var content = new Snapshot(sha256, location.get().bytes());
        all.add(new Kept(new Entry.Content(content), location.get(), true));
      }
    }
    all.sort(ORDER);
    return all;
  }

  private void startNextIfFull() throws IOException {
    if (segment.end() >= LoadedLog.SEGMENT_BYTES) {
      endSegment();
      segment = begin(segment.number() + 1);
    }
  }

  private void add(Version version) throws IOException {
    transfer();
    byte[] line = VersionEntries.line(version);
    var bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      out().write(bytes);
    }
    segment.passed(new Entry.Change(version), line.length, written);
  }

  private void copy(Location old) throws IOException {
    Location before = run;
    if (before != null && before.isFollowedBy(old)) {
      run = new Location(before.segment(), before.start(), before.content(), old.end());
    } else {
      transfer();
      run = old;
    }
  }

  private void transfer() throws IOException {
    Location from = run;
    if (from == null) {
      return;
    }
    run = null;
    FileChannel source = open(from.segment());
    long position = from.start();
    while (position < from.end()) {
      long moved = source.transferTo(position, from.end() - position, out());
      if (moved <= 0) {
        throw new EOFException("the version log became shorter while it was rewritten");
      }
      position += moved;
    }
  }

  private FileChannel open(WorkspacePath path) throws IOException {
    FileChannel opened = in;
    if (opened == null || !path.equals(inPath)) {
      closeInput();
      opened = workspace.openForRead(path);
      in = opened;
      inPath = path;
    }
    return opened;
  }

  private FileChannel out() {
    return Objects.requireNonNull(out, "the segment is ended");
  }

  private void endSegment() throws IOException {
    transfer();
    if (workspace.durability() == Durability.FULL) {
      out().force(false);
    }
    closeOutput();
  }

  private void closeInput() throws IOException {
    FileChannel opened = in;
    in = null;
    if (opened != null) {
      opened.close();
    }
  }

  private void closeOutput() throws IOException {
    FileChannel opened = out;
    out = null;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeInput();
    } finally {
      closeOutput();
    }
  }
}
