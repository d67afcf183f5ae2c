package dev.homeport.session;

import dev.homeport.secret.MaskedText;
import dev.homeport.secret.SecretMasker;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The events of one session, in the order in which they were appended.
///
/// Positions are dense integers from 0, over all threads and processes that append. An event is
/// durable before [#emit] returns. A line that a crash left incomplete was never acknowledged: it
/// is not shown, and the next append cuts it off. Secrets in the data are masked. Thread-safe.
public final class SessionLog {
  /// The most bytes that one event takes as a line of JSON.
  public static final int MAX_EVENT_BYTES = 256 * 1_024;

  /// A page of events ends early when its lines have this many bytes.
  public static final int PAGE_BYTES = 4 * 1_024 * 1_024;

  static final long SEGMENT_BYTES = 4L * 1_024 * 1_024;
  private static final int CHUNK = 64;
  private static final int LONGEST_TYPE = 128;
  private static final int LONGEST_KEY = 256;

  private final Workspace workspace;
  private final WorkspacePath directory;
  private final InstantSource clock;
  private final SegmentedFile file;
  private final ReentrantLock state = new ReentrantLock();
  private final Map<String, Long> keys = new HashMap<>();
  private long keysKnownTo;

  SessionLog(Workspace workspace, WorkspacePath directory, InstantSource clock, long segmentBytes) {
    this.workspace = workspace;
    this.directory = directory;
    this.clock = clock;
    this.file = new SegmentedFile(workspace, directory, segmentBytes);
  }

  /// Appends an event, or finds the one that was appended under the same idempotency key.
  ///
  /// @throws WorkspaceException if the draft is too large or malformed, or the log is busy
  public Emitted emit(EventDraft draft) throws IOException, InterruptedException {
    check(draft);
    var masking = new Masking();
    Map<String, @Nullable Object> data = masking.mask(draft.data());
    try (var _ = workspace.lock(List.of(directory))) {
      state.lock();
      try {
        refresh();
        Long known = draft.key() == null ? null : findKey(draft.key());
        if (known != null) {
          return new Emitted(known, event(known).time(), true, 0);
        }
        var event = new Event(file.size(), clock.instant(), draft.type(), draft.key(), data);
        byte[] line = EventLines.write(event);
        if (line.length > MAX_EVENT_BYTES) {
          throw tooLarge(line.length);
        }
        file.append(line);
        return new Emitted(event.position(), event.time(), false, masking.masked);
      } finally {
        state.unlock();
      }
    }
  }

  private static void check(EventDraft draft) throws WorkspaceException {
    String type = draft.type();
    if (type.isBlank() || type.length() > LONGEST_TYPE) {
      throw new WorkspaceException(
          Kind.BAD_PATH, "The event type must have 1 to " + LONGEST_TYPE + " characters.");
    }
    if (draft.key() != null && (draft.key().isEmpty() || draft.key().length() > LONGEST_KEY)) {
      throw new WorkspaceException(
          Kind.BAD_PATH, "The idempotency key must have 1 to " + LONGEST_KEY + " characters.");
    }
  }

  private static WorkspaceException tooLarge(int bytes) {
    return new WorkspaceException(
        Kind.TOO_LARGE,
        "The event takes "
            + bytes
            + " bytes, but at most "
            + MAX_EVENT_BYTES
            + " are kept; store the data with result_store and emit its id.");
  }

  private void refresh() throws IOException {
    if (!file.refresh()) {
      keys.clear();
      keysKnownTo = 0;
    }
  }

  private @Nullable Long findKey(String key) throws IOException {
    while (keysKnownTo < file.size()) {
      long to = Math.min(keysKnownTo + CHUNK, file.size());
      for (byte[] line : file.read(keysKnownTo, to)) {
        long position = keysKnownTo++;
        EventLines.key(line).ifPresent(found -> keys.putIfAbsent(found, position));
      }
    }
    return keys.get(key);
  }

  private Event event(long position) throws IOException {
    return EventLines.read(position, file.read(position, position + 1).getFirst());
  }

  /// The events that a query asks for.
  public EventPage events(EventQuery query) throws IOException {
    state.lock();
    try {
      refresh();
      long size = file.size();
      long to = Math.min(query.to(), size);
      long from = Math.min(query.from(), to);
      return switch (query.order()) {
        case ASCENDING -> ascending(query, from, to, size);
        case DESCENDING -> descending(query, from, to, size);
      };
    } finally {
      state.unlock();
    }
  }

  private EventPage ascending(EventQuery query, long from, long to, long size) throws IOException {
    var page = new Page(query);
    long position = from;
    while (position < to && page.hasRoom()) {
      for (byte[] line : file.read(position, Math.min(position + CHUNK, to))) {
        if (page.hasRoom()) {
          page.add(position++, line);
        }
      }
    }
    return new EventPage(page.events, position, position < to, size);
  }

  private EventPage descending(EventQuery query, long from, long to, long size) throws IOException {
    var page = new Page(query);
    long position = to;
    while (position > from && page.hasRoom()) {
      List<byte[]> lines = file.read(Math.max(position - CHUNK, from), position);
      for (byte[] line : lines.reversed()) {
        if (page.hasRoom()) {
          page.add(--position, line);
        }
      }
    }
    return new EventPage(page.events, position, position > from, size);
  }

  private static final class Page {
    private final EventQuery query;
    private final List<Event> events = new ArrayList<>();
    private long bytes;

    Page(EventQuery query) {
      this.query = query;
    }

    boolean hasRoom() {
      return events.size() < query.limit() && bytes < PAGE_BYTES;
    }

    void add(long position, byte[] line) {
      Event event = EventLines.read(position, line);
      if (query.types().isEmpty() || query.types().contains(event.type())) {
        events.add(event);
        bytes += line.length;
      }
    }
  }

  /// Masks the secrets in all texts of a value, and counts them.
  private static final class Masking {
    private int masked;

    Map<String, @Nullable Object> mask(Map<?, ? extends @Nullable Object> map) {
      var copy = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, value) -> copy.put(String.valueOf(name), maskValue(value)));
      return copy;
    }

    private @Nullable Object maskValue(@Nullable Object value) {
      return switch (value) {
        case null -> null;
        case String text -> maskText(text);
        case Map<?, ?> map -> mask(map);
        case List<?> list -> {
          var copy = new ArrayList<@Nullable Object>();
          list.forEach(element -> copy.add(maskValue(element)));
          yield copy;
        }
        case Boolean flag -> flag;
        case Number number -> number;
        default ->
            throw new IllegalArgumentException(
                value.getClass() + " in the data of an event, but must be a value of JSON");
      };
    }

    private String maskText(String text) {
      MaskedText result = SecretMasker.mask(text);
      masked += result.total();
      return result.text();
    }
  }
}
