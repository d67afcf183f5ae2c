package dev.homeport.version;

import dev.homeport.version.Recording.Change;
import dev.homeport.version.Version.Operation;
import dev.homeport.version.VersionSegment.Location;
import dev.homeport.version.VersionSegment.Tail;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.GroupCommit;
import dev.homeport.workspace.GroupCommit.Answer;
import dev.homeport.workspace.GroupCommit.Pending;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Ulid;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The append-only log of versions in `.homeport/versions/<generation>/`. Thread-safe; several
/// processes may share it.
///
/// One thread appends for all callers of this process, under a lock of the log's own that other
/// processes respect, so that callers may hold locks of the workspace while they wait. A rewriting
/// of the log makes a new generation; whoever reads the old one finds it gone and begins anew.
final class VersionLog {
  static final long SEGMENT_BYTES = 16L * 1_024 * 1_024;

  private static final System.Logger LOG = System.getLogger(VersionLog.class.getName());
  private static final String FIRST_GENERATION = "g000001";
  private static final List<String> LOCK = List.of("append");

  private final Workspace workspace;
  private final InstantSource clock;
  private final WorkspacePath directory;
  private final ProcessLocks locks;
  private final ReentrantLock state = new ReentrantLock();
  private final GroupCommit<Recording, Boolean> appends = new GroupCommit<>(this::append);
  private volatile VersionIndex index = new VersionIndex();
  private volatile boolean isLoaded;
  private String generation = FIRST_GENERATION;
  private @Nullable VersionSegment tail;

  VersionLog(Workspace workspace, InstantSource clock) throws WorkspaceException {
    this.workspace = workspace;
    this.clock = clock;
    this.directory = WorkspacePath.parse(Workspace.OWN_DIRECTORY + "/versions");
    this.locks = workspace.locks(directory.child("lock"));
  }

  /// Whether the log is known to hold a content, durably.
  boolean holds(Snapshot content) throws IOException {
    if (!isLoaded) {
      ask(VersionIndex::versions);
    }
    return index.content(content.sha256()).isPresent();
  }

  /// Records changes; they are durable when the answer is there.
  Pending<Boolean> begin(Recording recording) {
    return appends.begin(recording);
  }

  /// What the log says now.
  interface Query<T extends @Nullable Object> {
    T ask(VersionIndex index) throws IOException;
  }

  /// Asks the log, as it is at this moment.
  <T extends @Nullable Object> T ask(Query<T> query) throws IOException {
    state.lock();
    try {
      refresh();
      return query.ask(index);
    } finally {
      state.unlock();
    }
  }

  /// The bytes of a content.
  ///
  /// @throws WorkspaceException if the log does not hold it any more or it is damaged
  byte[] read(Snapshot content) throws IOException {
    return ask(known -> {
      Location location = known.content(content.sha256()).orElseThrow(() -> gone(content));
      byte[] bytes = read(location);
      if (!Sha256.hex(bytes).equals(content.sha256())) {
        throw new WorkspaceException(
            Kind.DENIED, "The version " + content.sha256() + " is damaged on disk.");
      }
      return bytes;
    });
  }

  private byte[] read(Location location) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(location.bytes()));
    try (FileChannel channel = workspace.openForRead(location.segment())) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, location.offset() + bytes.position()) < 0) {
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

  /// Learns what was appended since, by whatever process.
  private Tail refresh() throws IOException {
    VersionSegment last = tail;
    if (last == null) {
      return load();
    }
    try {
      Tail end = read(last, index);
      boolean mayBeFollowed = end != Tail.CLEAN || last.end() >= SEGMENT_BYTES;
      return mayBeFollowed && startNext(last) ? refresh() : end;
    } catch (WorkspaceException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      tail = null;
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
    tail = next;
    return true;
  }

  private WorkspacePath following(VersionSegment last) throws WorkspaceException {
    String name = last.path().name();
    return segment(Integer.parseInt(name.substring(0, name.indexOf('.'))) + 1);
  }

  private WorkspacePath segment(int number) throws WorkspaceException {
    return directory.child(generation).child("%06d.log".formatted(number));
  }

  private Tail load() throws IOException {
    var loaded = new VersionIndex();
    Tail end = Tail.CLEAN;
    generation = currentGeneration();
    WorkspacePath segments = directory.child(generation);
    if (workspace.stat(segments).isPresent()) {
      for (FileInfo file : workspace.list(segments)) {
        var segment = new VersionSegment(file.path());
        end = read(segment, loaded);
        if (end != Tail.CLEAN) {
          LOG.log(
              Level.WARNING, "version log {0} ends {1} at {2}", file.path(), end, segment.end());
        }
        tail = segment;
      }
    }
    index = loaded;
    isLoaded = true;
    return end;
  }

  private String currentGeneration() throws IOException {
    String current = FIRST_GENERATION;
    if (workspace.stat(directory).isPresent()) {
      for (FileInfo entry : workspace.list(directory)) {
        String name = entry.path().name();
        if (entry.isDirectory() && name.startsWith("g") && name.compareTo(current) > 0) {
          current = name;
        }
      }
    }
    return current;
  }

  private List<Answer<Boolean>> append(List<Recording> recordings)
      throws IOException, InterruptedException {
    try (var _ = locks.acquire(LOCK, Workspace.LOCK_LIMIT)) {
      state.lock();
      try {
        Tail end = refresh();
        var draft = new Draft();
        recordings.forEach(draft::add);
        append(draft.entries.toByteArray(), end);
        return recordings.stream().map(_ -> Answer.done(true)).toList();
      } finally {
        state.unlock();
      }
    }
  }

  private void append(byte[] entries, Tail end) throws IOException {
    VersionSegment last = tail;
    if (last == null) {
      last = new VersionSegment(segment(1));
    } else if (end == Tail.DAMAGED || last.end() >= SEGMENT_BYTES) {
      last = new VersionSegment(following(last));
    }
    try (FileChannel channel =
        last == tail
            ? workspace.openForUpdate(last.path())
            : workspace.openForAppend(last.path())) {
      last.append(channel, entries);
      if (workspace.durability() == Durability.FULL) {
        channel.force(false);
      }
      last.read(channel, index);
      tail = last;
    }
  }

  /// The entries of a group, as they are put together under the lock.
  private final class Draft {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final Set<String> contents = new HashSet<>();
    private final Map<WorkspacePath, Optional<Snapshot>> states = new HashMap<>();
    private final Instant now = clock.instant();

    void add(Recording recording) {
      for (byte[] content : recording.contents()) {
        add(content);
      }
      for (Change change : recording.changes()) {
        found(change.source(), change.before());
        add(
            new Version(
                newId(),
                change.operation(),
                change.path(),
                change.from(),
                now,
                recording.author(),
                change.before(),
                change.after(),
                false));
        states.put(change.source(), Optional.empty());
        states.put(change.path(), Optional.ofNullable(change.after()));
      }
    }

    private void add(byte[] content) {
      Snapshot snapshot = Snapshot.of(content);
      boolean isNew = index.content(snapshot.sha256()).isEmpty();
      if (isNew && contents.add(snapshot.sha256())) {
        entries.writeBytes(VersionEntries.line(snapshot));
        entries.writeBytes(content);
        entries.write('\n');
      }
    }

    /// Notes what somebody else has done to a file since the last version of it.
    private void found(WorkspacePath path, @Nullable Snapshot actual) {
      Optional<Snapshot> recorded =
          states.computeIfAbsent(path, file -> index.latest(file).flatMap(Version::contentAfter));
      if (!recorded.equals(Optional.ofNullable(actual))) {
        Operation operation = actual == null ? Operation.MISSED : Operation.FOUND;
        Snapshot before = recorded.orElse(null);
        add(
            new Version(
                newId(), operation, path, null, now, Author.OUTSIDE, before, actual, false));
      }
    }

    private void add(Version version) {
      entries.writeBytes(VersionEntries.line(version));
    }

    private String newId() {
      return "ver_" + Ulid.at(now);
    }
  }
}
