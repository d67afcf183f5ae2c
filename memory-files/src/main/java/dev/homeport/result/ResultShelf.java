package dev.homeport.result;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Ulid;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The directory of the results, and the room in it.
///
/// A result is the file of its content and the file of its facts. The facts are written last and
/// deleted first, so that content without facts is nobody's: either it is being stored or a crash
/// left it behind.
final class ResultShelf {
  /// What is younger is neither removed for others nor taken for a leftover.
  static final Duration SAFE = Duration.ofHours(1);

  /// So that no store has to wait long for others' rubbish.
  private static final int MOST_AT_ONCE = 100;

  private static final String FACTS = ".json";

  /// The two files of a result; one is missing if that is not complete.
  private record Slot(@Nullable FileInfo content, @Nullable FileInfo facts) {
    long bytes() {
      return content == null ? 0 : content.bytes();
    }

    boolean isComplete() {
      return content != null && facts != null;
    }

    /// Whether nobody can be storing this any more.
    boolean isLeftover(Instant limit) {
      return !isComplete() && isBefore(content, limit) && isBefore(facts, limit);
    }

    private static boolean isBefore(@Nullable FileInfo file, Instant limit) {
      return file == null || file.modified().isBefore(limit);
    }
  }

  private final Workspace workspace;
  private final WorkspacePath directory;
  private final ResultLimits limits;

  ResultShelf(Workspace workspace, WorkspacePath directory, ResultLimits limits) {
    this.workspace = workspace;
    this.directory = directory;
    this.limits = limits;
  }

  /// Removes leftovers, what has expired, and what is oldest, until one more result fits. The
  /// caller holds the lock of the directory.
  ///
  /// @param result whose content is there already; it may have taken long to come
  /// @throws WorkspaceException of kind `NO_SPACE` if too much of it is younger than [#SAFE];
  ///   nothing is removed for the new one then
  void makeRoom(StoredResult result, Instant now) throws IOException {
    var slots = slots();
    slots.remove(result.id().text());
    removeLeftovers(slots, now.minus(SAFE));
    slots.values().removeIf(slot -> !slot.isComplete());
    int count = slots.size() + 1;
    long total = slots.values().stream().mapToLong(Slot::bytes).sum() + result.bytes();
    var going = new ArrayList<Slot>();
    for (var entry : slots.entrySet()) {
      Instant created = Ulid.timeOf(entry.getKey());
      boolean isOver = count > limits.results() || total > limits.storeBytes();
      boolean isExpired = isExpired(created, now) && going.size() < MOST_AT_ONCE;
      if (!(isOver || isExpired) || !created.isBefore(now.minus(SAFE))) {
        break;
      }
      going.add(entry.getValue());
      count--;
      total -= entry.getValue().bytes();
    }
    if (count > limits.results() || total > limits.storeBytes()) {
      throw full();
    }
    for (Slot slot : going) {
      remove(slot);
    }
    if (!going.isEmpty()) {
      System.getLogger(ResultShelf.class.getName())
          .log(Level.INFO, "removed {0} stored results to make room", going.size());
    }
  }

  /// Whether a result of this time is no longer kept.
  boolean isExpired(Instant created, Instant now) {
    return created.isBefore(now.minus(Duration.ofDays(limits.days())));
  }

  private WorkspaceException full() {
    return new WorkspaceException(
        Kind.NO_SPACE,
        "The store of results is full: it may hold %,d results of %,d bytes in all, and too much in it is less than an hour old, which is never removed. Nothing was stored; store less, or try again in an hour."
            .formatted(limits.results(), limits.storeBytes()));
  }

  private SortedMap<String, Slot> slots() throws IOException {
    var slots = new TreeMap<String, Slot>();
    for (FileInfo file : workspace.list(directory)) {
      String name = file.path().name();
      boolean isFacts = name.endsWith(FACTS);
      String id = isFacts ? name.substring(0, name.length() - FACTS.length()) : name;
      if (file.isFile() && Ulid.isUlid(id)) {
        slots.merge(
            id,
            isFacts ? new Slot(null, file) : new Slot(file, null),
            (one, other) ->
                new Slot(
                    one.content != null ? one.content : other.content,
                    one.facts != null ? one.facts : other.facts));
      }
    }
    return slots;
  }

  private void removeLeftovers(SortedMap<String, Slot> slots, Instant limit) throws IOException {
    List<Slot> leftovers =
        slots.values().stream().filter(slot -> slot.isLeftover(limit)).limit(MOST_AT_ONCE).toList();
    for (Slot slot : leftovers) {
      remove(slot);
    }
  }

  private void remove(Slot slot) throws IOException {
    if (slot.facts != null) {
      workspace.delete(slot.facts.path());
    }
    if (slot.content != null) {
      workspace.delete(slot.content.path());
    }
  }
}
