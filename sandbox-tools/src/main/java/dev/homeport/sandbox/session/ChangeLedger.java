package dev.homeport.sandbox.session;

import static java.util.stream.Collectors.toSet;

import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.FileChange.Kind;
import dev.homeport.sandbox.files.Notes;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Remembers since when each file of a sandbox differs, to tell whether the workspace moved on.
///
/// A file counts as seen by the sandbox at the start of the command after which it first differed.
/// Times are marks of the file system's own clock, so that they compare exactly with the times of
/// files. Thread-safe.
final class ChangeLedger {
  /// @param mark when the sandbox saw the workspace's file
  /// @param kind what the change was at first
  private record Seen(FileTime mark, Kind kind) {}

  private static final String SEEN = "seen";

  private final ReentrantLock lock = new ReentrantLock();
  private final Path clock;
  private final Path note;
  private final Map<WorkspacePath, Seen> seen = new HashMap<>();
  private final List<FileTime> running = new ArrayList<>();
  private final List<FileTime> unobserved = new ArrayList<>();

  /// @param home where its clock is, and what the server after this one must know
  ChangeLedger(Path home) {
    this.clock = home.resolve("clock");
    this.note = home.resolve(SEEN);
  }

  /// Goes on with what a killed server noted.
  ///
  /// @param marks of the commands that it ran
  void resume(List<FileTime> marks) throws IOException {
    lock.lock();
    try {
      running.addAll(marks);
      if (Files.exists(note)) {
        read();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Notes for a snapshot what was seen; read by a ledger whose home this is.
  void keep(Path directory) throws IOException {
    lock.lock();
    try {
      Notes.write(directory.resolve(SEEN), this::write);
    } finally {
      lock.unlock();
    }
  }

  private void read() throws IOException {
    try (var input = new DataInputStream(new BufferedInputStream(Files.newInputStream(note)))) {
      for (int left = input.readInt(); left > 0; left--) {
        WorkspacePath path = WorkspacePath.parse(input.readUTF());
        var mark = FileTime.from(Instant.ofEpochSecond(input.readLong(), input.readInt()));
        seen.put(path, new Seen(mark, Kind.valueOf(input.readUTF())));
      }
    }
  }

  private void write(DataOutputStream output) throws IOException {
    output.writeInt(seen.size());
    for (var entry : seen.entrySet()) {
      Instant mark = entry.getValue().mark().toInstant();
      output.writeUTF(entry.getKey().toString());
      output.writeLong(mark.getEpochSecond());
      output.writeInt(mark.getNano());
      output.writeUTF(entry.getValue().kind().name());
    }
  }

  /// Notes that a command starts, and gives the mark to end it with.
  FileTime started() throws IOException {
    lock.lock();
    try {
      Files.write(clock, new byte[] {1});
      FileTime mark = changed(clock);
      running.add(mark);
      return mark;
    } finally {
      lock.unlock();
    }
  }

  void ended(FileTime mark) {
    lock.lock();
    try {
      running.remove(mark);
      unobserved.add(mark);
    } finally {
      lock.unlock();
    }
  }

  /// The commands that ended since changes were last listed; ask before listing them.
  List<FileTime> unobserved() {
    lock.lock();
    try {
      return List.copyOf(unobserved);
    } finally {
      lock.unlock();
    }
  }

  /// Takes note of all changes there are now.
  ///
  /// @param ended what [#unobserved] gave before the changes were listed
  void update(List<FileChange> changes, List<FileTime> ended) throws IOException {
    lock.lock();
    try {
      FileTime mark =
          Stream.concat(running.stream(), ended.stream())
              .min(FileTime::compareTo)
              .orElse(FileTime.fromMillis(0));
      boolean changed =
          seen.keySet().retainAll(changes.stream().map(FileChange::path).collect(toSet()));
      for (FileChange change : changes) {
        changed |= seen.putIfAbsent(change.path(), new Seen(mark, change.kind())) == null;
      }
      unobserved.removeAll(ended);
      if (changed) {
        Notes.write(note, this::write);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What the workspace did to a file since the sandbox saw it, or empty if nothing.
  Optional<String> conflict(FileChange change, Workspace workspace) throws IOException {
    Optional<Seen> known = known(change.path());
    boolean exists = workspace.stat(change.path()).isPresent();
    Kind first = known.map(Seen::kind).orElse(change.kind());
    if (first == Kind.ADDED) {
      return exists ? Optional.of("was added to the workspace as well") : Optional.empty();
    }
    if (!exists) {
      return Optional.of("was deleted from the workspace");
    }
    Path file = workspace.root().resolve(change.path().toString());
    boolean later = known.map(s -> isAfter(file, s.mark())).orElse(true);
    return later ? Optional.of("was changed in the workspace as well") : Optional.empty();
  }

  /// Takes over what another sandbox saw, whose files these are.
  void inherit(ChangeLedger other) throws IOException {
    Map<WorkspacePath, Seen> inherited = other.copy();
    lock.lock();
    try {
      seen.putAll(inherited);
      Notes.write(note, this::write);
    } finally {
      lock.unlock();
    }
  }

  private Map<WorkspacePath, Seen> copy() {
    lock.lock();
    try {
      return Map.copyOf(seen);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Seen> known(WorkspacePath path) {
    lock.lock();
    try {
      return Optional.ofNullable(seen.get(path));
    } finally {
      lock.unlock();
    }
  }

  private static boolean isAfter(Path file, FileTime mark) {
    try {
      return changed(file).compareTo(mark) > 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }
}
