package dev.homeport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashChainTest {
  @TempDir Path root;

  private SessionLog log(boolean isChained) throws IOException {
    return LogFixture.open(root, InstantSource.system(), 100_000, isChained);
  }

  private static void emit(SessionLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      log.emit(new EventDraft("t", Map.of("hash", "}\"", "i", i), null));
    }
  }

  private void rewrite(UnaryOperator<List<String>> change) throws IOException {
    Path segment = LogFixture.segment(root, 0);
    Files.write(segment, change.apply(Files.readAllLines(segment)));
  }

  private static ChainCheck check(long begins, OptionalLong broken, long size) {
    return new ChainCheck(OptionalLong.of(begins), broken, size);
  }

  @Test
  void anUntouchedChainIsIntact() throws IOException {
    emit(log(true), 5);

    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.empty(), 5));
    assertThat(log(false).events(EventQuery.last(1)).events().getFirst().data())
        .isEqualTo(Map.of("hash", "}\"", "i", 4));
    assertThat(Files.readString(LogFixture.segment(root, 0)).lines())
        .allSatisfy(line -> assertThat(line).containsPattern(",\"hash\":\"[0-9a-f]{64}\"}$"));
  }

  @Test
  void theHashIsThatOfAnyOtherProgram() throws IOException {
    SessionLog log = LogFixture.open(root, () -> java.time.Instant.EPOCH, 100_000, true);
    log.emit(new EventDraft("a", Map.of(), null));
    log.emit(new EventDraft("b", Map.of(), "k"));

    // printf '%s' '{"position":0,…}' | sha256sum, then the same with that hash in front
    assertThat(Files.readString(LogFixture.segment(root, 0)))
        .isEqualTo(
            """
            {"position":0,"time":"1970-01-01T00:00:00Z","type":"a","data":{},"hash":"f007a064b52b2c60177b4f9e691d75c490b486e5e7ebf9ae7067c2d58a187697"}
            {"position":1,"time":"1970-01-01T00:00:00Z","key":"k","type":"b","data":{},"hash":"4a23ed9bdd317001a4617d67a74657be051ff809d6841a100182a64855f95cb7"}
            """);
  }

  @Test
  void namesTheFirstLineThatWasChanged() throws IOException {
    emit(log(true), 5);
    rewrite(lines -> lines.stream().map(line -> line.replace("\"i\":2", "\"i\":9")).toList());

    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.of(2), 5));
  }

  @Test
  void seesThatALineWasRemovedOrMoved() throws IOException {
    emit(log(true), 5);
    List<String> lines = Files.readAllLines(LogFixture.segment(root, 0));

    rewrite(_ -> List.of(lines.get(0), lines.get(1), lines.get(3), lines.get(4)));
    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.of(2), 4));
    rewrite(_ -> List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.of(1), 4));
    rewrite(_ -> lines.subList(1, 5));
    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.of(0), 4));
    rewrite(_ -> List.of(lines.get(0), lines.get(1), "{}", lines.get(3)));
    assertThat(log(true).verify()).isEqualTo(check(0, OptionalLong.of(2), 4));
  }

  @Test
  void aChainBegunLaterStartsFromThatLine() throws IOException {
    emit(log(false), 3);
    assertThat(log(true).verify())
        .isEqualTo(new ChainCheck(OptionalLong.empty(), OptionalLong.empty(), 3));
    emit(log(true), 2);

    assertThat(log(false).verify()).isEqualTo(check(3, OptionalLong.empty(), 5));
    assertThat(log(false).events(EventQuery.from(0, 10)).events())
        .extracting(Event::type)
        .containsOnly("t")
        .hasSize(5);
  }

  @Test
  void aChainOnceBegunIsContinuedByEverybody() throws IOException {
    SessionLog chained = log(true);
    SessionLog plain = log(false);
    emit(chained, 2);
    emit(plain, 2);
    emit(chained, 2);

    assertThat(log(false).verify()).isEqualTo(check(0, OptionalLong.empty(), 6));
  }

  @Test
  void aMissingFileBreaksTheChain() throws IOException {
    SessionLog small = LogFixture.open(root, InstantSource.system(), 300, true);
    emit(small, 12);
    Path second;
    try (var files = Files.list(root.resolve(".homeport/sessions/s1"))) {
      second = files.sorted().toList().get(1);
    }
    String name = second.getFileName().toString();
    long first = Long.parseLong(name.substring(7, 19));
    Files.delete(second);

    assertThat(small.verify()).isEqualTo(check(0, OptionalLong.of(first), 12));
  }
}
