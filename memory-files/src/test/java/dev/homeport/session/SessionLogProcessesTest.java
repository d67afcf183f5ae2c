package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogProcessesTest {
  @TempDir Path root;

  private SessionLog log() throws IOException {
    return LogFixture.open(root, InstantSource.system(), LogChild.SEGMENT_BYTES, false);
  }

  /// Reads the whole log, page by page.
  private static List<Event> all(SessionLog log) throws IOException {
    var events = new ArrayList<Event>();
    EventPage page;
    do {
      page = log.events(EventQuery.from(events.size(), EventQuery.MOST));
      events.addAll(page.events());
    } while (page.more());
    return events;
  }

  private record Printed(long position, String id, boolean repeated) {
    static Printed of(String line) {
      String[] parts = line.split(" ", -1);
      return new Printed(Long.parseLong(parts[0]), parts[1], Boolean.parseBoolean(parts[2]));
    }
  }

  @Test
  void fourProcessesLoseNothingAndAppendEachKeyOnce() throws Exception {
    int count = 25;
    var children = new ArrayList<Process>();
    for (int i = 0; i < 4; i++) {
      children.add(
          ChildJvm.start(LogChild.class, "all", root.toString(), "p" + i, "4", "" + count));
    }

    var acknowledged = new HashMap<String, Long>();
    var appended = new ArrayList<Long>();
    for (Process child : children) {
      for (Printed printed : ChildJvm.output(child).lines().map(Printed::of).toList()) {
        Long other = acknowledged.putIfAbsent(printed.id(), printed.position());
        assertThat(other).isIn(null, printed.position());
        if (!printed.repeated()) {
          appended.add(printed.position());
        }
      }
    }

    int size = 4 * 4 * count + count;
    List<Event> events = all(log());
    assertThat(events).extracting(Event::position).isEqualTo(range(size));
    assertThat(appended).containsExactlyInAnyOrderElementsOf(range(size));
    acknowledged.forEach((id, position) ->
        assertThat(events.get(Math.toIntExact(position)).data()).containsEntry("id", id));
    assertThat(acknowledged).hasSize(size);
    assertThat(log().verify().isIntact()).isTrue();
    assertThat(log().verify().begins()).hasValue(0);
  }

  private static List<Long> range(int size) {
    return LongStream.range(0, size).boxed().toList();
  }

  @Test
  void whatWasAcknowledgedSurvivesKill9() throws Exception {
    var random = new Random(2026);
    var acknowledged = new HashMap<Long, String>();
    SessionLog survivor = log();
    for (int round = 0; round < 5; round++) {
      Process first = ChildJvm.start(LogChild.class, "forever", root.toString(), "a" + round, "4");
      Process second = ChildJvm.start(LogChild.class, "forever", root.toString(), "b" + round, "1");
      String begun = untilFirstLine(first);
      assertThat(second.waitFor(50 + random.nextInt(250), TimeUnit.MILLISECONDS)).isFalse();
      kill(first);
      String id = "survivor-" + round;
      acknowledged.put(survivor.emit(new EventDraft("own", Map.of("id", id), null)).position(), id);
      kill(second);
      note(begun + rest(first), acknowledged);
      note(rest(second), acknowledged);
    }

    List<Event> events = all(log());
    assertThat(acknowledged).hasSizeGreaterThan(100);
    acknowledged.forEach((position, id) ->
        assertThat(events.get(Math.toIntExact(position)).data()).containsEntry("id", id));
    assertThat(events).extracting(Event::type).containsOnly("own");
    assertThat(events).extracting(Event::data).doesNotHaveDuplicates();
    assertThat(survivor.verify()).isEqualTo(log().verify()).matches(ChainCheck::isIntact);
  }

  /// Unlike the method of the process itself, leaves what it printed to be read.
  private static void kill(Process child) {
    assertThat(child.toHandle().destroyForcibly()).isTrue();
  }

  private static String untilFirstLine(Process child) throws IOException {
    var text = new StringBuilder();
    int next = child.getInputStream().read();
    while (next >= 0 && next != '\n') {
      text.append((char) next);
      next = child.getInputStream().read();
    }
    return text.append('\n').toString();
  }

  private static String rest(Process child) throws IOException, InterruptedException {
    String text = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor()).as("killed by signal 9").isEqualTo(128 + 9);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static void note(String printed, Map<Long, String> acknowledged) {
    for (Printed event : printed.lines().map(Printed::of).toList()) {
      assertThat(acknowledged.put(event.position(), event.id())).isNull();
    }
  }
}
