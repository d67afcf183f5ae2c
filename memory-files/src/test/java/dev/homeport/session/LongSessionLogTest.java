package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongSessionLogTest {
  private static final long SIZE = 1_000_200;

  @TempDir Path root;

  @Test
  void aMillionEventsAreReadAndAppendedToAsAFewAre() throws IOException {
    write();
    SessionLog log = LogFixture.open(root, InstantSource.system(), SessionLog.SEGMENT_BYTES, false);

    EventPage page = log.events(EventQuery.from(1_000_000, 100));

    assertThat(page.events())
        .extracting(Event::position)
        .isEqualTo(LongStream.range(1_000_000, 1_000_100).boxed().toList());
    assertThat(page.events())
        .allSatisfy(event ->
            assertThat(event.data()).isEqualTo(Map.of("i", Math.toIntExact(event.position()))));
    assertThat(page.size()).isEqualTo(SIZE);
    assertThat(log.events(EventQuery.around(500_000, 3)).events())
        .extracting(Event::key)
        .containsExactly("k499999", "k500000", "k500001");
    var late = new EventFilter(java.util.Set.of(), Instant.ofEpochSecond(SIZE - 5), null);
    assertThat(log.events(EventQuery.from(0, 100).with(late)).events()).hasSize(5);
    assertThat(log.emit(new EventDraft("t", Map.of(), "k123456")).position()).isEqualTo(123_456);
    assertThat(log.emit(new EventDraft("t", Map.of(), "new")).position()).isEqualTo(SIZE);
  }

  private void write() throws IOException {
    Files.createDirectories(LogFixture.segment(root, 0).getParent());
    long position = 0;
    while (position < SIZE) {
      try (OutputStream out = Files.newOutputStream(LogFixture.segment(root, position))) {
        var text = new StringBuilder();
        while (text.length() < SessionLog.SEGMENT_BYTES && position < SIZE) {
          String rest = EventLines.rest(new EventDraft("t", Map.of("i", position), "k" + position));
          byte[] line = EventLines.write(position, Instant.ofEpochSecond(position), rest);
          text.append(new String(line, UTF_8)).append('\n');
          position++;
        }
        out.write(text.toString().getBytes(UTF_8));
      }
    }
  }
}
