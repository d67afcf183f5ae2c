package dev.homeport.version;

import dev.homeport.version.Recording.Change;
import dev.homeport.version.Recording.Content;
import dev.homeport.version.Version.Operation;
import dev.homeport.version.VersionEntries.Encoded;
import dev.homeport.workspace.Ulid;
import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entries of a group of recordings, as they are put together under the lock of the log. Not
/// thread-safe.
final class VersionDraft {
  private final List<Encoded> entries = new ArrayList<>();
  private final Set<String> contents = new HashSet<>();
  private final Map<WorkspacePath, Optional<Snapshot>> states = new HashMap<>();
  private final VersionIndex index;
  private final Instant now;

  /// @param index what the log says already
  /// @param now the time of the changes
  VersionDraft(VersionIndex index, Instant now) {
    this.index = index;
    this.now = now;
  }

  /// A new id for a version of this time.
  static String newId(Instant time) {
    return "ver_" + Ulid.at(time);
  }

  /// The entries as they are to be written one after the other.
  List<Encoded> entries() {
    return entries;
  }

  void add(Recording recording) {
    for (Content content : recording.contents()) {
      add(content);
    }
    for (Change change : recording.changes()) {
      found(change.source(), change.before());
      add(
          new Version(
              newId(now),
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

  private void add(Content content) {
    String sha256 = content.snapshot().sha256();
    if (index.content(sha256).isEmpty() && contents.add(sha256)) {
      entries.add(Encoded.of(content));
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
              newId(now), operation, path, null, now, Author.OUTSIDE, before, actual, false));
    }
  }

  private void add(Version version) {
    entries.add(Encoded.of(version));
  }
}
