package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.session.EventQuery.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBlocksTest {
  private static final int SIZE = 5 * EventBlocks.POSITIONS + 100;
  private static final int PER_SEGMENT = 3_000;

  @TempDir Path root;

  /// An event as the model has it; null for a line that is damaged.
  private record Line(Instant time, String type) {}

  private static SessionLog open(Path root) throws IOException {
    return LogFixture.open(root, InstantSource.system(), SessionLog.SEGMENT_BYTES, false);
  }

  /// Writes a log whose clocks go back and forth, with a type that is in one block only.
  private List<@Nullable Line> write(Random random) throws IOException {
    var lines = new ArrayList<@Nullable Line>();
    Files.createDirectories(LogFixture.segment(root, 0).getParent());
    var text = new StringBuilder();
    for (int i = 0; i < SIZE; i++) {
      var line =
          new Line(
              Instant.ofEpochSecond(1_000_000 + i - random.nextInt(2_000)),
              i / EventBlocks.POSITIONS == 2 && random.nextInt(500) == 0
                  ? "rare"
                  : "t" + random.nextInt(3));
      boolean isDamaged = random.nextInt(1_000) == 0;
      lines.add(isDamaged ? null : line);
      String rest = EventLines.rest(new EventDraft(line.type, Map.of("i", i), null));
      text.append(isDamaged ? "damaged" : new String(EventLines.write(i, line.time, rest), UTF_8))
          .append('\n');
      if ((i + 1) % PER_SEGMENT == 0 || i + 1 == SIZE) {
        Files.writeString(LogFixture.segment(root, i - i % PER_SEGMENT), text);
        text.setLength(0);
      }
    }
    return lines;
  }

  private static List<Long> expected(List<@Nullable Line> lines, EventQuery query) {
    var found = new ArrayList<Long>();
    long to = Math.min(query.to(), lines.size());
    for (long i = query.from(); i < to; i++) {
      long position = query.order() == Order.ASCENDING ? i : to - 1 - (i - query.from());
      Line line = lines.get((int) position);
      boolean isTaken =
          line == null
              ? query.filter().takesDamaged()
              : query.filter().takesType(line.type) && query.filter().takesTime(line.time);
      if (isTaken && found.size() < query.limit()) {
        found.add(position);
      }
    }
    return found;
  }

  private static @Nullable Instant time(Random random) {
    return random.nextInt(3) == 0
        ? null
        : Instant.ofEpochSecond(1_000_000 + random.nextInt(SIZE + 4_000) - 2_000);
  }

  @Test
  void findsWhatAScanOfAllLinesFinds() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<@Nullable Line> lines = write(random);
    SessionLog log = open(root);

    for (int i = 0; i < 300; i++) {
      Set<String> types =
          switch (random.nextInt(4)) {
            case 0 -> Set.of();
            case 1 -> Set.of("rare");
            case 2 -> Set.of("t" + random.nextInt(4), "rare");
            default -> Set.of(random.nextBoolean() ? Event.DAMAGED : "none");
          };
      int from = random.nextBoolean() ? 0 : random.nextInt(SIZE);
      var query =
          new EventQuery(
              from,
              random.nextBoolean() ? Long.MAX_VALUE : from + random.nextInt(SIZE),
              1 + random.nextInt(EventQuery.MOST),
              new EventFilter(types, time(random), time(random)),
              random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING);

      assertThat(log.events(query).events())
          .as("seed %d, query %d: %s", seed, i, query)
          .extracting(Event::position)
          .isEqualTo(expected(lines, query));
    }
  }

  @Test
  void doesNotReadAgainWhereNothingCanMatch() throws IOException {
    write(new Random(1));
    SessionLog log = open(root);
    var late =
        EventQuery.from(0, 5)
            .with(new EventFilter(Set.of(), Instant.ofEpochSecond(1_000_000 + SIZE - 500), null));
    List<Event> before = log.events(late).events();
    Path first = LogFixture.segment(root, 0);
    byte[] bytes = Files.readAllBytes(first);
    // A place that is not looked at to see whether the file is still the same.
    String text = new String(bytes, UTF_8).replaceFirst("1970", "2970");

    Files.writeString(first, text);

    assertThat(before).isNotEmpty();
    assertThat(log.events(late).events()).isEqualTo(before);
    assertThat(open(root).events(late).events().getFirst().position()).isZero();
  }
}
