package dev.homeport.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.fuzz.FuzzInput;
import dev.homeport.fuzz.MemoryDirectory;
import dev.homeport.session.EventQuery.Order;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A real log to which anything may have happened while nobody had it open.
class EventLogFuzzTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.123456789Z"));
  private static final SessionId ID = new SessionId("fuzz");
  private static final int REAL_EVENTS = 12;

  @TempDir(factory = MemoryDirectory.class)
  Path temporary;

  Workspace workspace;
  Path file;
  byte[] log;
  Map<String, Event> byLine = new LinkedHashMap<>();

  @BeforeEach
  void emitRealEvents() throws IOException, InterruptedException {
    workspace = Workspace.open(temporary);
    SessionLog session = open();
    for (int i = 0; i < REAL_EVENTS; i++) {
      session.emit(draft(i));
    }
    try (var files = Files.walk(temporary)) {
      file = files.filter(path -> path.toString().endsWith(".jsonl")).findAny().orElseThrow();
    }
    log = Files.readAllBytes(file);
    List<byte[]> lines = FuzzInput.lines(log);
    for (Event event : open().events(EventQuery.from(0, 100)).events()) {
      byLine.put(key(lines.get((int) event.position())), event);
    }
  }

  @SuppressWarnings("NullAway") // does not see that the data of a draft may hold nulls
  private static EventDraft draft(int number) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("number", number);
    data.put("text", "größe\n\u2028 \u0000".repeat(number % 4));
    data.put("nested", List.of(Map.of("list", List.of(true, 1.5))));
    data.put("nothing", null);
    return new EventDraft("type." + number % 3, data, number % 2 == 0 ? "key-" + number : null);
  }

  private SessionLog open() throws IOException {
    return Sessions.in(workspace, CLOCK).log(ID);
  }

  private static String key(byte[] line) {
    return new String(line, ISO_8859_1);
  }

  @FuzzTest
  void eventlog(byte[] input) throws IOException, InterruptedException {
    Files.write(file, LogScript.run(input, log));
    List<byte[]> lines = completeLines();

    SessionLog session = open();
    List<Event> events = all(session);
    assertReadsWhatIsIntact(events, lines);

    Emitted emitted = session.emit(new EventDraft("after", Map.of("input", "ü"), "a new key"));
    assertThat(emitted.position()).isEqualTo(events.size());
    assertThat(emitted.repeated()).isFalse();
    for (SessionLog reader : List.of(session, open())) {
      List<Event> now = all(reader);
      assertThat(now.subList(0, events.size())).isEqualTo(events);
      assertThat(now).hasSize(events.size() + 1);
      assertThat(now.getLast().type()).isEqualTo("after");
      assertThat(now.getLast().data()).isEqualTo(Map.of("input", "ü"));
    }
    assertThat(open().emit(new EventDraft("after", Map.of(), "a new key")))
        .isEqualTo(new Emitted(events.size(), CLOCK.instant(), true, 0));
    assertThat(completeLines()).hasSize(events.size() + 1);
    assertThat(Files.readAllBytes(file)).endsWith('\n');
  }

  private List<byte[]> completeLines() throws IOException {
    List<byte[]> lines = FuzzInput.lines(Files.readAllBytes(file));
    return lines.subList(0, lines.size() - 1);
  }

  /// All events, asked for in both orders.
  private static List<Event> all(SessionLog session) throws IOException {
    EventPage ascending = session.events(EventQuery.from(0, EventQuery.MOST));
    var query =
        new EventQuery(0, Long.MAX_VALUE, EventQuery.MOST, EventFilter.ALL, Order.DESCENDING);
    List<Event> descending = new ArrayList<>(session.events(query).events());
    Collections.reverse(descending);
    assertThat(descending).isEqualTo(ascending.events());
    assertThat(ascending.size()).isEqualTo(ascending.events().size());
    assertThat(ascending.more()).isFalse();
    return ascending.events();
  }

  private void assertReadsWhatIsIntact(List<Event> events, List<byte[]> lines) {
    assertThat(events).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(events.get(i).position()).isEqualTo(i);
      Event real = byLine.get(key(lines.get(i)));
      if (real != null && real.position() == i) {
        assertThat(events.get(i)).isEqualTo(real);
      }
      if (!new String(lines.get(i), UTF_8).startsWith("{")) {
        assertThat(events.get(i).type()).isEqualTo(Event.DAMAGED);
      }
    }
  }
}
