package dev.homeport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.session.EventQuery.Order;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

  @TempDir Path root;
  SessionLog log;

  @BeforeEach
  void open() throws IOException {
    log = log(SessionLog.SEGMENT_BYTES);
  }

  private SessionLog log(long segmentBytes) throws IOException {
    return LogFixture.open(root, CLOCK, segmentBytes, false);
  }

  private static EventDraft draft(String type) {
    return new EventDraft(type, Map.of("text", "größe\n2"), null);
  }

  private static EventDraft keyed(String key) {
    return new EventDraft("note", Map.of(), key);
  }

  private static List<Long> positions(EventPage page) {
    return page.events().stream().map(Event::position).toList();
  }

  @Test
  void anotherProcessSeesWhatWasEmitted() throws Exception {
    assertThat(log.emit(draft("a")).position()).isZero();
    assertThat(log.emit(draft("b")).position()).isEqualTo(1);

    EventPage page = log(100).events(EventQuery.from(0, 10));

    assertThat(page.events()).extracting(Event::type).containsExactly("a", "b");
    assertThat(page.events().getFirst().data()).isEqualTo(Map.of("text", "größe\n2"));
    assertThat(page.events().getFirst().time()).isEqualTo(CLOCK.instant());
    assertThat(page.size()).isEqualTo(2);
  }

  @Test
  void anEmptyLogHasNoEvents() throws IOException {
    assertThat(log.events(EventQuery.last(10))).isEqualTo(new EventPage(List.of(), 0, false, 0));
  }

  @Test
  void pagesInBothDirectionsAcrossSegments() throws Exception {
    SessionLog small = log(300);
    for (int i = 0; i < 20; i++) {
      small.emit(draft(i % 2 == 0 ? "even" : "odd"));
    }

    EventPage first = log(300).events(EventQuery.from(3, 10));
    EventPage last = log(300).events(EventQuery.last(4));
    EventPage odd =
        small.events(
            new EventQuery(0, 12, 3, EventFilter.ofTypes(Set.of("odd")), Order.DESCENDING));

    assertThat(positions(first)).isEqualTo(LongStream.range(3, 13).boxed().toList());
    assertThat(first.next()).isEqualTo(13);
    assertThat(first.more()).isTrue();
    assertThat(positions(last)).containsExactly(19L, 18L, 17L, 16L);
    assertThat(last.next()).isEqualTo(16);
    assertThat(positions(odd)).containsExactly(11L, 9L, 7L);
    assertThat(positions(small.events(EventQuery.around(10, 5))))
        .containsExactly(8L, 9L, 10L, 11L, 12L);
    try (var files = Files.list(root.resolve(".homeport/sessions/s1"))) {
      assertThat(files.count()).isGreaterThan(3);
    }
  }

  @Test
  void aRepeatedKeyAppendsNothing() throws Exception {
    log.emit(draft("first"));
    Emitted original = log.emit(keyed("k1"));
    log.emit(keyed("k2"));

    Emitted again = log.emit(keyed("k1"));
    Emitted afterRestart = log(100).emit(keyed("k1"));

    assertThat(original.repeated()).isFalse();
    assertThat(again).isEqualTo(new Emitted(1, CLOCK.instant(), true, 0));
    assertThat(afterRestart).isEqualTo(again);
    assertThat(log.events(EventQuery.last(10)).size()).isEqualTo(3);
  }

  @Test
  void aTornTailIsHiddenAndThenCutOff() throws Exception {
    log.emit(draft("whole"));
    Path segment = root.resolve(".homeport/sessions/s1/events-000000000000.jsonl");
    Files.writeString(segment, "{\"position\":1,\"time\":\"2026", StandardOpenOption.APPEND);

    assertThat(log(100_000).events(EventQuery.last(10)).size()).isEqualTo(1);
    assertThat(log.emit(draft("next")).position()).isEqualTo(1);

    assertThat(Files.readAllLines(segment)).hasSize(2);
    assertThat(log(100_000).events(EventQuery.from(1, 1)).events())
        .extracting(Event::type)
        .containsExactly("next");
  }

  @Test
  void aDamagedLineKeepsItsPosition() throws Exception {
    log.emit(draft("a"));
    Path segment = root.resolve(".homeport/sessions/s1/events-000000000000.jsonl");
    Files.writeString(segment, "not json\n", StandardOpenOption.APPEND);
    log.emit(draft("c"));

    assertThat(log.events(EventQuery.from(0, 10)).events())
        .extracting(Event::type)
        .containsExactly("a", Event.DAMAGED, "c");
  }

  @Test
  void startsOverWhenItsFilesWereDeleted() throws Exception {
    log.emit(keyed("k"));
    Files.delete(root.resolve(".homeport/sessions/s1/events-000000000000.jsonl"));

    assertThat(log.emit(keyed("k"))).isEqualTo(new Emitted(0, CLOCK.instant(), false, 0));
  }

  @Test
  void masksSecretsWhereverTheyStandInTheData() throws Exception {
    String token = "ghp_" + "a1".repeat(18);

    Emitted emitted =
        log.emit(new EventDraft("x", Map.of("nested", List.of(Map.of("out", "t=" + token))), null));

    assertThat(emitted.masked()).isEqualTo(1);
    assertThat(log.events(EventQuery.last(1)).events().getFirst().data())
        .isEqualTo(Map.of("nested", List.of(Map.of("out", "t=[masked github-token]"))));
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    var large = new EventDraft("x", Map.of("text", "a".repeat(SessionLog.MAX_EVENT_BYTES)), null);

    assertThatThrownBy(() -> log.emit(large))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("result_store");
  }

  @Test
  void oneThatIsTooLargeFailsAlone() throws Exception {
    var large = new EventDraft("x", Map.of("text", "a".repeat(SessionLog.MAX_EVENT_BYTES)), null);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Emitted>> tasks =
          IntStream.range(0, 40)
              .<Callable<Emitted>>mapToObj(i -> () -> log.emit(i == 20 ? large : draft("a")))
              .toList();

      var answers = executor.invokeAll(tasks);

      assertThat(answers).filteredOn(answer -> answer.state() == Future.State.FAILED).hasSize(1);
    }
    assertThat(log.events(EventQuery.last(1)).size()).isEqualTo(39);
  }

  @Test
  void filtersByTimeAndTypeWithinPositions() throws Exception {
    var now = new AtomicReference<>(CLOCK.instant());
    SessionLog timed = LogFixture.open(root, now::get, 2_000, false);
    for (int i = 0; i < 60; i++) {
      timed.emit(draft(i % 2 == 0 ? "even" : "odd"));
      now.updateAndGet(time -> time.plusSeconds(1));
    }
    Instant since = CLOCK.instant().plusSeconds(10);
    Instant until = CLOCK.instant().plusSeconds(20);
    var within = new EventFilter(Set.of(), since, until);
    var odd = new EventFilter(Set.of("odd"), since, null);

    assertThat(positions(timed.events(EventQuery.from(0, 100).with(within))))
        .isEqualTo(LongStream.range(10, 20).boxed().toList());
    assertThat(positions(timed.events(EventQuery.from(15, 3).with(odd))))
        .containsExactly(15L, 17L, 19L);
    assertThat(positions(timed.events(EventQuery.last(2).with(within)))).containsExactly(19L, 18L);
    assertThat(positions(timed.events(EventQuery.around(12, 6).with(odd))))
        .containsExactly(11L, 13L);
    assertThat(
            positions(
                timed.events(EventQuery.from(0, 100).with(new EventFilter(Set.of(), null, since)))))
        .isEqualTo(LongStream.range(0, 10).boxed().toList());
  }

  @Test
  void appendsForACallerWhoHoldsAllLocksOfTheWorkspace() throws Exception {
    Workspace workspace = Workspace.open(root);
    try (var _ = workspace.lockAll()) {
      assertThat(log.emit(draft("a")).position()).isZero();
    }
  }

  @Test
  void anInterruptedCallerAppendsAndHarmsNoOther() throws Exception {
    Thread.currentThread().interrupt();
    assertThat(log.emit(draft("a")).position()).isZero();
    assertThatThrownBy(() -> log.events(EventQuery.last(1)))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(log.emit(draft("b")).position()).isEqualTo(1);
    assertThat(log.events(EventQuery.last(10)).events()).hasSize(2);
  }
}
