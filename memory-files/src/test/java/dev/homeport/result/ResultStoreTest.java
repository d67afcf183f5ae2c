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
  void open() throws IOException {
    results = ResultStore.in(Workspace.open(root), CLOCK);
  }

  private StoredResult store(String text) throws IOException {
    return results.store(text, "text/plain", "execute bash");
  }

  private static String numbered(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(i -> "Zeile " + i + " äöü\n")
        .collect(Collectors.joining());
  }

  @Test
  void keepsTheContentAndWhatIsKnownAboutIt() throws IOException {
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
  void masksTextAndNamesTheDigestOfWhatIsStored() throws IOException {
    StoredResult result = store("token " + TOKEN + "\n");

    assertThat(result.masked()).isEqualTo(1);
    assertThat(root.resolve(result.path().toString())).hasContent("token [masked github-token]\n");
    assertThat(result.sha256())
        .isEqualTo(Sha256.hex("token [masked github-token]\n".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40_000, 65_500, 65_536, 130_000})
  void masksSecretsWhereverTheStreamIsCut(int before) throws IOException {
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
  void keepsBinaryContentAsItIs() throws IOException {
    var bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);

    StoredResult result =
        results.store(new ByteArrayInputStream(bytes), "application/octet-stream", "test");

    assertThat(Files.readAllBytes(root.resolve(result.path().toString()))).isEqualTo(bytes);
  }

  @Test
  void readsLinesAndSaysWhereToGoOn() throws IOException {
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
  void readsALongLineInPieces() throws IOException {
    StoredResult result = store("ä".repeat(100) + "\nend");

    ResultSlice first = results.readLines(result.id(), 1, 1, 31);
    ResultSlice second = results.readBytes(result.id(), first.nextOffset(), 1_000);

    assertThat(first.text()).isEqualTo("ä".repeat(15));
    assertThat(first.nextLine()).isEqualTo(1);
    assertThat(first.text() + second.text()).isEqualTo("ä".repeat(100) + "\nend");
  }

  @Test
  void findsLiteralsAndShowsLongLinesInPart() throws IOException {
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
  void previewsHeadAndTail() throws IOException {
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
  void leavesNothingBehindWhenTheSourceFails() throws IOException {
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
