package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a log whose files somebody else changed, or a crash left unfinished.
class SessionLogDamageTest {
  private static final long SEGMENT_BYTES = 400;

  @TempDir Path root;
  SessionLog log;

  @BeforeEach
  void open() throws IOException {
    log = another();
  }

  private SessionLog another() throws IOException {
    return LogFixture.open(root, InstantSource.system(), SEGMENT_BYTES, false);
  }

  private void emit(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      log.emit(new EventDraft("t", Map.of("i", i), null));
    }
  }

  /// The files of the log, in order.
  private List<Path> segments() throws IOException {
    try (var files = Files.list(root.resolve(".homeport/sessions/s1"))) {
      return files.sorted().toList();
    }
  }

  private static long firstPosition(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring("events-".length(), name.indexOf('.')));
  }

  /// What is read through the log that was open and through one that is opened now.
  private List<Event> read(EventQuery query) throws IOException {
    EventPage page = log.events(query);
    assertThat(another().events(query)).isEqualTo(page);
    return page.events();
  }

  private void assertDense(int size) throws IOException {
    assertThat(read(EventQuery.from(0, 1_000)))
        .extracting(Event::position)
        .isEqualTo(LongStream.range(0, size).boxed().toList());
    assertThat(read(EventQuery.last(1_000)).reversed()).isEqualTo(read(EventQuery.from(0, 1_000)));
  }

  @Test
  void cutsOffATailOfZeros() throws Exception {
    emit(2);
    Path tail = segments().getLast();
    Files.write(tail, new byte[5_000], StandardOpenOption.APPEND);

    assertDense(2);
    assertThat(log.emit(new EventDraft("after", Map.of(), null)).position()).isEqualTo(2);

    assertThat(Files.readAllBytes(tail)).doesNotContain(0);
    assertDense(3);
  }

  @Test
  void garbageBetweenLinesKeepsItsPositions() throws Exception {
    emit(2);
    byte[] garbage = {'\n', (byte) 0xff, 0, '\n', 'n', 'u', 'l', 'l', '\n', '[', '1', '\n'};
    Files.write(segments().getLast(), garbage, StandardOpenOption.APPEND);
    Files.writeString(
        segments().getLast(),
        "{\"time\":\"x\",\"type\":\"t\",\"data\":{}}\n" + "[".repeat(5_000) + "\n",
        StandardOpenOption.APPEND);
    emit(2);

    assertDense(10);
    assertThat(read(EventQuery.from(0, 100)))
        .extracting(Event::type)
        .containsExactly(
            "t",
            "t",
            Event.DAMAGED,
            Event.DAMAGED,
            Event.DAMAGED,
            Event.DAMAGED,
            Event.DAMAGED,
            Event.DAMAGED,
            "t",
            "t");
    var filter = EventFilter.ofTypes(Set.of("t"));
    assertThat(read(EventQuery.from(0, 100).with(filter))).hasSize(4);
  }

  @Test
  void aDeletedSegmentLeavesItsPositionsDamaged() throws Exception {
    emit(30);
    assertDense(30);
    Path second = segments().get(1);
    long first = firstPosition(second);
    long next = firstPosition(segments().get(2));
    Files.delete(second);
    Files.delete(segments().getFirst());

    assertDense(30);
    assertThat(read(EventQuery.from(first, (int) (next - first))))
        .extracting(Event::type)
        .containsOnly(Event.DAMAGED);
    assertThat(read(EventQuery.from(next, 1)).getFirst().data())
        .containsEntry("i", Math.toIntExact(next));
    assertThat(log.emit(new EventDraft("t", Map.of(), null)).position()).isEqualTo(30);
  }

  @Test
  void aTruncatedSegmentLosesOnlyWhatWasCutOff() throws Exception {
    emit(30);
    assertDense(30);
    Path sealed = segments().get(1);
    truncate(sealed, 20);

    assertDense(30);
    assertThat(read(EventQuery.from(firstPosition(sealed), 1)).getFirst().type())
        .isEqualTo(Event.DAMAGED);
    assertThat(read(EventQuery.from(firstPosition(segments().get(2)), 1)).getFirst().type())
        .isEqualTo("t");

    Path tail = segments().getLast();
    long first = firstPosition(tail);
    truncate(tail, 10);

    assertDense((int) first);
    assertThat(log.emit(new EventDraft("t", Map.of(), null)).position()).isEqualTo(first);
    assertDense((int) first + 1);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void aFileThatWasRewrittenIsReadAnew() throws Exception {
    emit(3);
    assertDense(3);
    Path tail = segments().getLast();
    String text = Files.readString(tail);
    Files.writeString(tail, "# inserted by hand\n" + text);

    assertDense(4);
    assertThat(log.emit(new EventDraft("t", Map.of(), null)).position()).isEqualTo(4);
    assertDense(5);
  }

  @Test
  void keysAreLearntAnewFromARewrittenFile() throws Exception {
    log.emit(new EventDraft("t", Map.of(), "a"));
    log.emit(new EventDraft("t", Map.of(), "b"));
    Path tail = segments().getLast();
    List<String> lines = Files.readAllLines(tail);
    Files.writeString(tail, lines.getLast() + "\n");

    assertThat(log.emit(new EventDraft("t", Map.of(), "b")).position()).isZero();
    assertThat(log.emit(new EventDraft("t", Map.of(), "a")).position()).isEqualTo(1);
  }

  @Test
  void zerosOverALineInTheMiddleDamageOnlyThatLine() throws Exception {
    emit(3);
    Path tail = segments().getLast();
    byte[] bytes = Files.readAllBytes(tail);
    int start = new String(bytes, UTF_8).indexOf('\n') + 1;
    try (var channel = FileChannel.open(tail, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[30]), start);
    }

    assertDense(3);
    assertThat(read(EventQuery.from(0, 3)))
        .extracting(Event::type)
        .containsExactly("t", Event.DAMAGED, "t");
  }

  @Test
  void aStrayFileWithAHugeNumberHangsNobody() throws Exception {
    emit(2);
    Files.writeString(
        LogFixture.segment(root, 999_999_999_990L),
        Files.readAllLines(segments().getFirst()).getFirst() + "\n");
    SessionLog fresh = another();

    assertThat(fresh.events(EventQuery.from(0, 3)).events())
        .extracting(Event::type)
        .containsExactly("t", "t", Event.DAMAGED);
    var filter = EventFilter.ofTypes(Set.of("t"));
    assertThat(fresh.events(EventQuery.from(0, 100).with(filter)).events()).hasSize(3);
    assertThat(fresh.events(EventQuery.last(100).with(filter)).events()).hasSize(3);
    assertThat(fresh.emit(new EventDraft("t", Map.of(), "key")).position())
        .isEqualTo(999_999_999_991L);
    assertThat(fresh.verify().size()).isEqualTo(999_999_999_992L);
  }

  @Test
  void ignoresWhatIsNoSegment() throws Exception {
    emit(1);
    Path directory = segments().getFirst().resolveSibling("events-1.jsonl");
    Files.createDirectory(directory);
    Files.writeString(directory.resolveSibling("events-00000000000x.jsonl"), "x\n");
    Files.createDirectory(LogFixture.segment(root, 7));

    assertDense(1);
    assertThat(Arrays.asList(log.emit(new EventDraft("t", Map.of(), null)).position()))
        .containsExactly(1L);
  }
}
