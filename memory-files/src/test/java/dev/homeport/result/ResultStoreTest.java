package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStoreTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));
  private static final String TOKEN = "ghp_" + "a1".repeat(18);

  @TempDir Path root;
  ResultStore results;

  @BeforeEach
  void open() throws Exception {
    results = ResultStore.in(Workspace.open(root), CLOCK);
  }

  private StoredResult store(String text) throws Exception {
    return results.store(text, "text/plain", "execute bash");
  }

  private static String numbered(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(i -> "Zeile " + i + " äöü\n")
        .collect(Collectors.joining());
  }

  @Test
  void keepsTheContentAndWhatIsKnownAboutIt() throws Exception {
    StoredResult result = store("one\ntwo");

    assertThat(root.resolve(result.path().toString())).hasContent("one\ntwo");
    assertThat(result.sha256()).isEqualTo(Sha256.hex("one\ntwo".getBytes(UTF_8)));
    assertThat(result.bytes()).isEqualTo(7);
    assertThat(result.lines()).isEqualTo(2);
    assertThat(results.find(result.id())).contains(result);
    assertThat(root.resolve(result.path() + ".json"))
        .content()
        .contains("\"media_type\" : \"text/plain\"");
  }

  @Test
  void masksTextAndNamesTheDigestOfWhatIsStored() throws Exception {
    StoredResult result = store("token " + TOKEN + "\n");

    assertThat(result.masked()).isEqualTo(1);
    assertThat(root.resolve(result.path().toString())).hasContent("token [masked github-token]\n");
    assertThat(result.sha256())
        .isEqualTo(Sha256.hex("token [masked github-token]\n".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40_000, 65_500, 65_536, 130_000})
  void masksSecretsWhereverTheStreamIsCut(int before) throws Exception {
    String key =
        "-----BEGIN " + "PRIVATE KEY-----\n" + "QUJD\n".repeat(400) + "-----END PRIVATE KEY-----";
    String text =
        "ä\n".repeat(before / 3) + TOKEN + "\n" + key + "\n" + "z ".repeat(60_000) + TOKEN;

    StoredResult result = store(text);

    assertThat(result.masked()).isEqualTo(3);
    assertThat(Files.readString(root.resolve(result.path().toString())))
        .isEqualTo(
            text.replace(TOKEN, "[masked github-token]").replace(key, "[masked private-key]"));
  }

  @Test
  void keepsBinaryContentAsItIs() throws Exception {
    var bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);

    StoredResult result =
        results.store(new ByteArrayInputStream(bytes), "application/octet-stream", "test");

    assertThat(Files.readAllBytes(root.resolve(result.path().toString()))).isEqualTo(bytes);
  }

  @Test
  void readsLinesAndSaysWhereToGoOn() throws Exception {
    StoredResult result = store(numbered(20_000));

    ResultSlice slice = results.readLines(result.id(), 9_999, 3, 10_000);

    assertThat(slice.text()).isEqualTo("Zeile 9999 äöü\nZeile 10000 äöü\nZeile 10001 äöü\n");
    assertThat(slice.nextLine()).isEqualTo(10_002);
    assertThat(slice.more()).isTrue();
    assertThat(results.readBytes(result.id(), slice.nextOffset(), 18).text())
        .isEqualTo("Zeile 10002 äöü");
    assertThat(results.readLines(result.id(), 20_000, 5, 100).more()).isFalse();
    assertThat(results.readLines(result.id(), 30_000, 5, 100).text()).isEmpty();
  }

  @Test
  void readsALongLineInPieces() throws Exception {
    StoredResult result = store("ä".repeat(100) + "\nend");

    ResultSlice first = results.readLines(result.id(), 1, 1, 31);
    ResultSlice second = results.readBytes(result.id(), first.nextOffset(), 1_000);

    assertThat(first.text()).isEqualTo("ä".repeat(15));
    assertThat(first.nextLine()).isEqualTo(1);
    assertThat(first.text() + second.text()).isEqualTo("ä".repeat(100) + "\nend");
  }

  @Test
  void findsLiteralsAndShowsLongLinesInPart() throws Exception {
    StoredResult result =
        store("größe 1\nother\n" + "x".repeat(200_000) + "\n" + "y".repeat(900) + " größe 2\n");

    ResultSlice all = results.grep(result.id(), "größe", 1, 10);
    ResultSlice one = results.grep(result.id(), "größe", 1, 1);

    assertThat(all.text()).startsWith("1:größe 1\n4:…yyy").endsWith("größe 2\n");
    assertThat(all.more()).isFalse();
    assertThat(one.text()).isEqualTo("1:größe 1\n");
    assertThat(one.nextLine()).isEqualTo(2);
    assertThat(one.more()).isTrue();
  }

  @Test
  void findsALiteralWhereverItStandsInALongLine() throws Exception {
    String line = "x".repeat(65_530) + "needle" + "y".repeat(10 << 20);
    StoredResult result = store("first\n" + line + "needle\nlast needle");

    assertThat(results.grep(result.id(), "needle", 1, 10).text().lines())
        .satisfiesExactly(
            found -> assertThat(found).startsWith("2:…xxx").contains("xneedley").endsWith("y…"),
            found -> assertThat(found).isEqualTo("3:last needle"));
    assertThat(results.grep(result.id(), "needle", 3, 1))
        .isEqualTo(new ResultSlice("3:last needle\n", result.bytes(), 4, false));
  }

  @Test
  void findsTheSameLinesAsASimpleSearch() throws Exception {
    var random = new Random(7);
    for (int round = 0; round < 30; round++) {
      var text = new StringBuilder();
      while (text.length() < 200_000) {
        text.append("ab".repeat(random.nextInt(400))).append(random.nextBoolean() ? "\n" : "c");
      }
      StoredResult result = store(text.toString());
      String literal = random.nextBoolean() ? "abcab" : "bcc";
      String[] lines = text.toString().split("\n", -1);
      List<Integer> expected =
          IntStream.range(0, lines.length)
              .filter(i -> lines[i].contains(literal))
              .mapToObj(i -> i + 1)
              .limit(1_000)
              .toList();

      String found = results.grep(result.id(), literal, 1, 1_000).text();

      assertThat(found.lines().map(line -> Integer.valueOf(line.substring(0, line.indexOf(':')))))
          .as("round %d", round)
          .isEqualTo(expected);
    }
  }

  @Test
  void refusesASearchThatCanFindNothing() throws Exception {
    StoredResult result = store("one\ntwo\n");

    assertThatThrownBy(() -> results.grep(result.id(), "one\ntwo", 1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part of one line");
    assertThatThrownBy(() -> results.grep(result.id(), "one", 1, 1_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsCarriageReturnsInvalidBytesAndAMissingLastNewline() throws Exception {
    byte[] bytes = {
      'a', '\r', '\n', (byte) 0xFF, (byte) 0xC3, '\r', '\n', (byte) 0xE2, (byte) 0x82
    };

    StoredResult result = results.store(new ByteArrayInputStream(bytes), "text/plain", "x");

    assertThat(root.resolve(result.path().toString())).hasBinaryContent(bytes);
    assertThat(result.lines()).isEqualTo(3);
    assertThat(result.sha256()).isEqualTo(Sha256.hex(bytes));
    assertThat(results.readLines(result.id(), 1, 9, 100).text())
        .isEqualTo("a\r\n\uFFFD\uFFFD\r\n\uFFFD");
    assertThat(results.grep(result.id(), "a", 1, 9).text()).isEqualTo("1:a\n");
  }

  @Test
  void masksAllButTheWellKnownBinaryTypes() throws Exception {
    for (String type : List.of("application/yaml", "TEXT/x", "image/svg+xml", "application/x-sh")) {
      assertThat(results.store(TOKEN, type, "x").masked()).as(type).isEqualTo(1);
    }
    for (String type : List.of("image/png", "Application/Octet-Stream", "application/pdf; v=1")) {
      assertThat(results.store(TOKEN, type, "x").masked()).as(type).isZero();
    }
  }

  @Test
  void masksAndCutsTheOrigin() throws Exception {
    StoredResult result = results.store("x", "text/plain", "curl " + TOKEN + " y".repeat(90_000));

    assertThat(results.find(result.id())).contains(result);
    assertThat(result.origin()).startsWith("curl [masked github-token]").hasSize(500);
    assertThatThrownBy(() -> results.store("x", "y".repeat(128), "z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatAResultWasChangedByHand() throws Exception {
    StoredResult result = store("content");
    Files.writeString(root.resolve(result.path().toString()), "other content");

    assertThatThrownBy(() -> results.readBytes(result.id(), 0, 100))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("was changed after it was stored");
  }

  @Test
  void previewsHeadAndTail() throws Exception {
    StoredResult result = store(numbered(6_000));

    String preview = results.preview(result);

    assertThat(preview)
        .startsWith(
            "<persisted-output>\nOutput too large (104.4KB). Full output saved to: "
                + result.path()
                + "\n\nPreview (first 2KB):\nZeile 1 äöü\n")
        .contains("\n…\nEnd (last 2KB):\n")
        .endsWith("Zeile 6000 äöü\n</persisted-output>")
        .doesNotContain("\uFFFD");
    assertThat(results.preview(store("short"))).contains("first 5B):\nshort\n</persisted");
  }

  @Test
  void leavesNothingBehindWhenTheSourceFails() throws Exception {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> results.store(broken, "text/plain", "x")).hasMessage("gone");

    try (var files = Files.list(root.resolve(".homeport/results"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void saysThatAResultDoesNotExist() throws WorkspaceException {
    ResultId unknown = ResultId.at(CLOCK.instant());

    assertThatThrownBy(() -> results.readBytes(unknown, 0, 100))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("no stored result");
    assertThatThrownBy(() -> ResultId.parse("../../etc/passwd"))
        .isInstanceOf(WorkspaceException.class);
    assertThat(ResultId.parse(".homeport/results/" + unknown)).isEqualTo(unknown);
  }
}
