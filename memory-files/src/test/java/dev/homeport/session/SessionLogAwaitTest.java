package dev.homeport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(50)
class SessionLogAwaitTest {
  private static final EventFilter DONE = EventFilter.ofTypes(Set.of("done"));
  private static final Duration LONG = SessionLog.LONGEST_WAIT;

  @TempDir Path root;
  SessionLog log;

  @BeforeEach
  void open() throws IOException {
    log = another();
  }

  private SessionLog another() throws IOException {
    return LogFixture.open(root, InstantSource.system(), SessionLog.SEGMENT_BYTES, false);
  }

  private static EventDraft draft(String type) {
    return new EventDraft(type, Map.of(), null);
  }

  private static ExecutorService executor() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  private static void letItWait(Thread thread) {
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void returnsAtOnceWhenOneIsThereAlready() throws Exception {
    log.emit(draft("done"));

    assertThat(log.await(EventQuery.from(0, 10).with(DONE), LONG).events()).hasSize(1);
  }

  @Test
  void isWokenByTheFirstThatMatches() throws Exception {
    log.emit(draft("done"));
    try (var executor = executor()) {
      Future<EventPage> page =
          executor.submit(() -> log.await(EventQuery.from(1, 10).with(DONE), LONG));
      for (int i = 0; i < 20; i++) {
        log.emit(draft("other"));
      }
      assertThat(page.isDone()).isFalse();
      log.emit(draft("done"));

      assertThat(page.get(5, TimeUnit.SECONDS).events())
          .extracting(Event::position)
          .containsExactly(21L);
      assertThat(page.get().next()).isEqualTo(22);
    }
  }

  @Test
  void seesWhatAnotherProcessAppends() throws Exception {
    SessionLog other = another();
    try (var executor = executor()) {
      Future<EventPage> page = executor.submit(() -> log.await(EventQuery.from(0, 10), LONG));
      other.emit(draft("there"));

      assertThat(page.get(5, TimeUnit.SECONDS).events())
          .extracting(Event::type)
          .containsExactly("there");
    }
  }

  @Test
  void anEmptyPageComesWhenTheLimitPasses() throws Exception {
    log.emit(draft("other"));

    EventPage page = log.await(EventQuery.from(0, 10).with(DONE), Duration.ofMillis(120));

    assertThat(page).isEqualTo(new EventPage(page.events(), 1, false, 1));
    assertThat(page.events()).isEmpty();
  }

  @Test
  void doesNotWaitForPositionsThatAreGivenAlready() throws Exception {
    log.emit(draft("other"));
    var query = new EventQuery(0, 1, 10, DONE, EventQuery.Order.DESCENDING);

    assertThat(log.await(query, LONG).events()).isEmpty();
  }

  @Test
  void aPositionToComeIsWaitedFor() throws Exception {
    try (var executor = executor()) {
      Future<EventPage> page = executor.submit(() -> log.await(EventQuery.from(2, 10), LONG));
      for (int i = 0; i < 3; i++) {
        log.emit(draft("t"));
      }

      assertThat(page.get(5, TimeUnit.SECONDS).events()).extracting(Event::position).startsWith(2L);
    }
  }

  @Test
  void anInterruptEndsTheWaitOfThatCallerAlone() throws Exception {
    try (var executor = executor()) {
      var interrupted = new Thread[1];
      Future<EventPage> first =
          executor.submit(() -> {
            interrupted[0] = Thread.currentThread();
            return log.await(EventQuery.from(0, 10), LONG);
          });
      Future<EventPage> second = executor.submit(() -> log.await(EventQuery.from(0, 10), LONG));
      Awaitility.await().until(() -> interrupted[0] != null);
      letItWait(interrupted[0]);
      interrupted[0].interrupt();

      assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      log.emit(draft("t"));
      assertThat(second.get(5, TimeUnit.SECONDS).events()).hasSize(1);
    }
  }

  @Test
  void anInterruptWhileItReadsEndsTheWaitAsWell() throws IOException {
    log.emit(draft("other"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> log.await(EventQuery.from(0, 10).with(DONE), LONG))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(log.events(EventQuery.last(1)).events()).hasSize(1);
  }

  @Test
  void refusesToWaitForLongerThanAMinute() {
    assertThatThrownBy(() -> log.await(EventQuery.last(1), Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 60 seconds");
  }
}
