package dev.homeport.session;

import dev.homeport.session.SegmentedFile.Chunk;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The events of one session, in the order in which they were appended.
///
/// Positions are dense integers from 0, over all threads and processes that append. An event is
/// durable before [#emit] returns. A line that a crash left incomplete was never acknowledged: it
/// is not shown, and the next append cuts it off. Secrets in the data are masked. Thread-safe.
///
/// The lines may carry a chain of hashes, see [#verify]. Once begun it is continued by everybody.
public final class SessionLog {
  /// The most bytes that one event takes as a line of JSON.
  public static final int MAX_EVENT_BYTES = 256 * 1_024;

  /// A page of events ends early when its lines have this many bytes.
  public static final int PAGE_BYTES = 4 * 1_024 * 1_024;

  /// The longest that [#await] waits.
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  static final long SEGMENT_BYTES = 4L * 1_024 * 1_024;
  private static final int CHUNK = 4_096;
  private static final int LONGEST_TYPE = 128;
  private static final int LONGEST_KEY = 256;

  private final SegmentedFile file;
  private final EventAppends appends;
  private final AtomicReference<Known> known =
      new AtomicReference<>(new Known(0, new EventBlocks()));

  /// @param locks those of the logs
  /// @param isChained whether a chain of hashes begins with the next line, if there is none yet
  SessionLog(SegmentedFile file, ProcessLocks locks, InstantSource clock, boolean isChained) {
    this.file = file;
    this.appends = new EventAppends(file, locks, clock, isChained);
  }

  /// Appends an event, or finds the one that was appended under the same idempotency key.
  ///
  /// Cannot be interrupted, as what was begun is finished anyway. May be called with locks of the
  /// workspace held.
  ///
  /// @throws WorkspaceException if the draft is too large or malformed, or the log is busy
  public Emitted emit(EventDraft draft) throws IOException {
    check(draft);
    var masking = new DataMasking();
    var masked = new EventDraft(draft.type(), masking.mask(draft.data()), draft.key());
    String rest = EventLines.rest(masked);
    int longest = EventLines.longest(rest);
    if (longest > MAX_EVENT_BYTES) {
      throw tooLarge(longest);
    }
    EventAppends.Place place = appends.append(new EventAppends.Request(draft.key(), rest));
    return new Emitted(
        place.position(), place.time(), place.repeated(), place.repeated() ? 0 : masking.masked());
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

  /// The events that a query asks for.
  public EventPage events(EventQuery query) throws IOException {
    SegmentedFile.Extent extent = file.refresh();
    Known current =
        known.updateAndGet(old ->
            old.generation == extent.generation()
                ? old
                : new Known(extent.generation(), new EventBlocks()));
    return new EventScan(file, query, current.blocks).page(extent.size());
  }

  /// What is known of the lines of a generation.
  private record Known(long generation, EventBlocks blocks) {}

  /// The events that a query asks for; if there are none yet, waits until one is appended.
  ///
  /// Own events are seen at once, those of other processes within 100 milliseconds.
  ///
  /// @param limit the longest to wait, at most [#LONGEST_WAIT]
  /// @return a page without events if none came within the limit
  /// @throws InterruptedException if interrupted while waiting
  public EventPage await(EventQuery query, Duration limit)
      throws IOException, InterruptedException {
    try {
      return look(query, limit);
    } catch (ClosedByInterruptException e) {
      // It came while a file was being read; the one who waits need not know.
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  private EventPage look(EventQuery query, Duration limit)
      throws IOException, InterruptedException {
    if (limit.isNegative() || limit.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "the wait is " + limit + ", but must be 0 to " + LONGEST_WAIT.toSeconds() + " seconds");
    }
    long deadline = System.nanoTime() + limit.toNanos();
    EventPage page = events(query);
    while (page.events().isEmpty() && page.size() < query.to()) {
      long seen = page.size();
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!file.awaitChange(seen, left)) {
        break;
      }
      page = events(query.startingAt(seen));
      if (page.size() < seen) {
        // The log was deleted, so positions begin anew.
        page = events(query);
      }
    }
    return page;
  }

  /// Looks at every line whether it follows from the one before by the chain of hashes.
  public ChainCheck verify() throws IOException {
    long size = file.refresh().size();
    OptionalLong begins = OptionalLong.empty();
    @Nullable String previous = null;
    long position = 0;
    while (position < size) {
      Chunk chunk = file.read(position, size, CHUNK);
      if (chunk.isMissing()) {
        if (begins.isPresent() || chunk.end() <= position) {
          break;
        }
        position = chunk.end();
      }
      for (byte[] line : chunk.lines()) {
        @Nullable String hash = HashChain.of(line);
        if (begins.isEmpty() && hash != null) {
          begins = OptionalLong.of(position);
        }
        if (begins.isPresent() && !follows(position, previous, line)) {
          return new ChainCheck(begins, OptionalLong.of(position), size);
        }
        previous = hash;
        position++;
      }
    }
    boolean isWhole = begins.isEmpty() || position >= size;
    return new ChainCheck(begins, isWhole ? OptionalLong.empty() : OptionalLong.of(position), size);
  }

  private static boolean follows(long position, @Nullable String previous, byte[] line) {
    @Nullable String hash = HashChain.of(line);
    if (hash == null) {
      return false;
    }
    byte[] bare = HashChain.without(line);
    byte[] start = EventLines.start(position).getBytes(StandardCharsets.US_ASCII);
    return bare.length > start.length
        && Arrays.equals(bare, 0, start.length, start, 0, start.length)
        && HashChain.hash(previous, bare).equals(hash);
  }
}
