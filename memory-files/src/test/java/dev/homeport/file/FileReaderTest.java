package dev.homeport.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.file.ReadOutcome.Binary;
import dev.homeport.file.ReadOutcome.Picture;
import dev.homeport.file.ReadOutcome.Text;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileReaderTest {
  @TempDir Path root;
  Workspace workspace;
  WorkspaceFiles files;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
    files = WorkspaceFiles.of(workspace);
  }

  private Text read(byte[] content, Slice slice) throws IOException {
    Files.write(root.resolve("f"), content);
    return (Text) files.read(workspace.path("f"), slice);
  }

  private Text read(String content, Slice slice) throws IOException {
    return read(content.getBytes(UTF_8), slice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\n", "\uFEFFa\r\nb\u2028c\n\n"})
  void readsWholeFilesAsTheyAre(String content) throws IOException {
    Text text = read(content, Slice.ALL);

    assertThat(text.text()).isEqualTo(content);
    assertThat(text.isExact()).isTrue();
    assertThat(text.isCut()).isFalse();
    assertThat(text.to()).isEqualTo(text.whole().bytes());
    assertThat(text.whole().sha256()).contains(Sha256.hex(content.getBytes(UTF_8)));
    assertThat(text.whole().lines())
        .hasValue(
            content.chars().filter(c -> c == '\n').count()
                + (content.isEmpty() || content.endsWith("\n") ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, '2\n3\n', 2",
    "4, -1, '4\n5', 4",
    "5, 99, 5, 5",
    "1, 1, '1\n', 1",
  })
  void readsLines(long first, long last, String part, long firstLine) throws IOException {
    Text text = read("1\n2\n3\n4\n5", new Slice.LineRange(first, last));

    assertThat(text.text()).isEqualTo(part);
    assertThat(text.firstLine()).hasValue(firstLine);
    assertThat(text.whole().lines()).hasValue(5);
    assertThat(text.isCut()).isFalse();
  }

  @Test
  void readsHeadAndTail() throws IOException {
    assertThat(read("1\n2\n3\n", new Slice.Head(2)).text()).isEqualTo("1\n2\n");
    assertThat(read("1\n2\n3\n", new Slice.Tail(2)).text()).isEqualTo("2\n3\n");
    assertThat(read("1\n2\n3", new Slice.Tail(2)).text()).isEqualTo("2\n3");
    assertThat(read("1\n2\n3", new Slice.Tail(9)).text()).isEqualTo("1\n2\n3");
    assertThat(read("", new Slice.Tail(9)).text()).isEmpty();
    assertThat(read("1\n2\n3", new Slice.Tail(2)).firstLine()).hasValue(2);
  }

  @Test
  void readsBytesInWholeCharacters() throws IOException {
    String content = "aüß😀z";

    assertThat(read(content, new Slice.ByteRange(0, 2)).text()).isEqualTo("a");
    assertThat(read(content, new Slice.ByteRange(0, 3)).text()).isEqualTo("aü");
    assertThat(read(content, new Slice.ByteRange(2, 7)).text()).isEqualTo("ß😀");
    assertThat(read(content, new Slice.ByteRange(2, 7)).from()).isEqualTo(3);
    assertThat(read(content, new Slice.ByteRange(6, 3)).text()).isEmpty();
    assertThat(read(content, new Slice.ByteRange(10, 5)).text()).isEmpty();
  }

  @Test
  void pagesThroughWhatIsTooMuchAtOnce() throws IOException {
    String content = "one line of text, ü\n".repeat(10_000);
    var all = new StringBuilder();

    Text page = read(content, Slice.ALL);
    int pages = 1;
    all.append(page.text());
    while (page.to() < page.whole().bytes()) {
      assertThat(page.isCut()).isTrue();
      assertThat(page.text()).endsWith("\n");
      page = (Text) files.read(workspace.path("f"), new Slice.ByteRange(page.to(), 1_000_000));
      all.append(page.text());
      pages++;
    }

    assertThat(all.toString()).isEqualTo(content);
    assertThat(pages).isBetween(5, 7);
    assertThat(page.firstLine().orElseThrow()).isGreaterThan(9_000);
  }

  @Test
  void pagesThroughALineThatIsTooLong() throws IOException {
    String content = "😀".repeat(30_000);
    var all = new StringBuilder();

    long offset = 0;
    while (offset < 120_000) {
      Text page = read(content, new Slice.ByteRange(offset, 120_000));
      all.append(page.text());
      offset = page.to();
    }

    assertThat(all.toString()).isEqualTo(content);
  }

  @Test
  void saysWhichBytesAreNoText() throws IOException {
    Text latin = read(new byte[] {'n', (byte) 0xe4, 'h', 'e', '\n'}, Slice.ALL);
    assertThat(latin.isExact()).isFalse();
    assertThat(latin.text()).isEqualTo("n\uFFFDhe\n");

    Files.write(root.resolve("b"), new byte[] {1, 0, 2});
    assertThat(files.read(workspace.path("b"), Slice.ALL))
        .isEqualTo(new Binary(workspace.path("b"), 3));
  }

  @Test
  void showsPictures() throws IOException {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    Files.write(root.resolve("p"), png);

    assertThat(files.read(workspace.path("p"), Slice.ALL))
        .isInstanceOfSatisfying(
            Picture.class, p -> assertThat(Base64.getDecoder().decode(p.base64())).isEqualTo(png));
  }

  @Test
  void readsPartsOfAHugeFileInBoundedMemory() throws IOException {
    try (var huge = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
      huge.writeBytes("first\nsecond\n");
      huge.setLength(2L << 30);
      huge.seek((2L << 30) - 13);
      huge.writeBytes("\nlast but\none");
    }
    var path = workspace.path("huge");

    Text head = (Text) files.read(path, new Slice.Head(2));
    assertThat(head.text()).isEqualTo("first\nsecond\n");
    assertThat(head.whole().lines()).isEqualTo(OptionalLong.empty());
    assertThat(head.whole().sha256()).isEmpty();
    assertThat(((Text) files.read(path, new Slice.Tail(2))).text()).isEqualTo("last but\none");
    assertThat(((Text) files.read(path, new Slice.ByteRange((2L << 30) - 3, 9))).text())
        .isEqualTo("one");
    assertThat(files.read(path, Slice.ALL)).isInstanceOf(Binary.class);
  }

  @Test
  void saysWhereAFileEnds() throws IOException {
    assertThatThrownBy(() -> read("1\n2\n", new Slice.LineRange(3, -1)))
        .isInstanceOf(WorkspaceException.class)
        .hasMessage("f has 2 lines, so there is no line 3; read a part before its end.");
    assertThatThrownBy(() -> read("1\n2\n", new Slice.ByteRange(5, 1)))
        .hasMessageContaining("f has 4 bytes, so there is no offset 5");
  }
}
