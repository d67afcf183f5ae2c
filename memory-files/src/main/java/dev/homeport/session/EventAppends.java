package dev.homeport.session;

import dev.homeport.workspace.GroupCommit;
import dev.homeport.workspace.GroupCommit.Answer;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Appends events in groups: those that come while a group is being written form the next one,
/// which takes the lock of the log once, is written once and forced once.
///
/// The lock is none of the workspace's, as a caller may hold any of those while it waits.
/// Thread-safe.
final class EventAppends {
  private static final int CHUNK = 4_096;

  /// An event without its place.
  ///
  /// @param key its idempotency key, or null
  /// @param rest its line behind position and time
  record Request(@Nullable String key, String rest) {}

  /// The place of an event.
  record Place(long position, Instant time, boolean repeated) {}

  private final SegmentedFile file;
  private final ProcessLocks locks;
  private final InstantSource clock;
  private final boolean isChained;
  private final GroupCommit<Request, Place> groups = new GroupCommit<>(this::commit);

  // All below belongs to the one thread that commits.
  private final Map<String, Long> keys = new HashMap<>();
  private long keysKnownTo;
  private long durableTo;
  private long generation;
  private long hashKnownAt;
  private @Nullable String lastHash;

  /// @param isChained whether a chain of hashes begins with the next line, if there is none yet
  EventAppends(SegmentedFile file, ProcessLocks locks, InstantSource clock, boolean isChained) {
    this.file = file;
    this.locks = locks;
    this.clock = clock;
    this.isChained = isChained;
  }

  /// Appends an event durably, or finds the one with its key.
  Place append(Request request) throws IOException {
    // On a thread of their own: what is half done when an interrupt comes could not begin anew.
    return groups.begin(request).await();
  }

  private List<Answer<Place>> commit(List<Request> requests)
      throws IOException, InterruptedException {
    boolean isKeyed = requests.stream().anyMatch(request -> request.key() != null);
    if (isKeyed) {
      // Most of a long log is read before others have to wait for the lock.
      learnKeys(refresh());
    }
    try (var _ = locks.acquire(List.of(file.toString()), Workspace.LOCK_LIMIT)) {
      long size = refresh();
      if (isKeyed) {
        learnKeys(size);
      }
      return new Group(size).commit(requests);
    }
  }

  private long refresh() throws IOException {
    SegmentedFile.Extent extent = file.refresh();
    if (extent.generation() != generation) {
      generation = extent.generation();
      keys.clear();
      keysKnownTo = 0;
      durableTo = 0;
      hashKnownAt = 0;
      lastHash = null;
    }
    return extent.size();
  }

  private void learnKeys(long size) throws IOException {
    while (keysKnownTo < size) {
      SegmentedFile.Chunk chunk = file.read(keysKnownTo, size, CHUNK);
      for (int i = 0; i < chunk.lines().size(); i++) {
        long position = chunk.start() + i;
        EventLines.key(chunk.lines().get(i)).ifPresent(key -> keys.putIfAbsent(key, position));
      }
      keysKnownTo = Math.max(chunk.end(), keysKnownTo + 1);
    }
  }

  private byte[] line(long position) throws IOException {
    SegmentedFile.Chunk chunk = file.read(position, position + 1, 1);
    return chunk.isMissing() ? new byte[0] : chunk.lines().getFirst();
  }

  /// The lines of one commit, which count only when they are durable.
  private final class Group {
    private final long size;
    private final List<byte[]> lines = new ArrayList<>();
    private final Map<String, Place> added = new HashMap<>();
    private @Nullable String hash;
    private long durableNeeded;

    Group(long size) {
      this.size = size;
    }

    List<Answer<Place>> commit(List<Request> requests) throws IOException {
      if (hashKnownAt != size) {
        lastHash = HashChain.of(line(size - 1));
        hashKnownAt = size;
      }
      hash = lastHash;
      var places = new ArrayList<Answer<Place>>();
      for (Request request : requests) {
        places.add(Answer.done(place(request)));
      }
      makeDurable();
      return places;
    }

    private Place place(Request request) throws IOException {
      if (request.key() == null) {
        return add(request);
      }
      Long known = keys.get(request.key());
      if (known != null) {
        durableNeeded = Math.max(durableNeeded, known + 1);
        return new Place(known, EventLines.read(known, line(known)).time(), true);
      }
      Place twin = added.get(request.key());
      if (twin != null) {
        return new Place(twin.position(), twin.time(), true);
      }
      Place place = add(request);
      added.put(request.key(), place);
      return place;
    }

    private Place add(Request request) {
      var place = new Place(size + lines.size(), clock.instant(), false);
      byte[] line = EventLines.write(place.position(), place.time(), request.rest());
      if (isChained || hash != null) {
        hash = HashChain.hash(hash, line);
        line = HashChain.with(line, hash);
      }
      byte[] ended = Arrays.copyOf(line, line.length + 1);
      ended[line.length] = '\n';
      lines.add(ended);
      return place;
    }

    private void makeDurable() throws IOException {
      if (!lines.isEmpty()) {
        file.append(lines);
        long next = size + lines.size();
        added.forEach((key, place) -> keys.put(key, place.position()));
        keysKnownTo = keysKnownTo == size ? next : keysKnownTo;
        lastHash = hash;
        hashKnownAt = next;
        durableTo = next;
      } else if (durableNeeded > durableTo) {
        // Whoever appended it may have died before it was durable.
        file.force();
        durableTo = size;
      }
    }
  }

  @Override
  public String toString() {
    return Objects.toString(file);
  }
}
