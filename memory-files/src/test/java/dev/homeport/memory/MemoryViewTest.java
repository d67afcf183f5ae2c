package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.make;
import static dev.homeport.memory.MemoryFixture.view;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryViewTest {
  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary);
  }

  @Test
  void numbersLinesAndShowsTheEmptyRestAfterALastNewline() throws Exception {
    memory.file("a", "Line 1\nLine 2\n");

    assertThat(memory.done(view("/memories/a")).lines())
        .containsExactly(
            "Here's the content of /memories/a with line numbers:",
            "     1\tLine 1",
            "     2\tLine 2",
            "     3\t");
  }

  @Test
  void showsWhatStandsBetweenNewlinesAsItIs() throws Exception {
    memory.file("a", "\uFEFFone\r\ntwo\u2028\f");

    assertThat(memory.done(view("/memories/a")))
        .endsWith(":\n     1\t\uFEFFone\r\n     2\ttwo\u2028\f");
  }

  @ParameterizedTest
  @CsvSource({"2, 4, 2-4", "4, -1, 4-5", "1, 99, 1-5", "5, 5, 5-5"})
  void showsARange(int first, int last, String shown) throws Exception {
    memory.file("a", "1\n2\n3\n4\n5");

    String text = memory.done(view("/memories/a", first, last));

    String[] ends = shown.split("-", -1);
    assertThat(text.lines().skip(1).findFirst()).contains("     " + ends[0] + "\t" + ends[0]);
    assertThat(text).endsWith("     " + ends[1] + "\t" + ends[1]);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "6, -1", "3, 2", "-1, -1"})
  void refusesARangeOutsideTheFile(int first, int last) throws Exception {
    memory.file("a", "1\n2\n3\n4\n5");

    assertThat(memory.refused(view("/memories/a", first, last)))
        .isEqualTo(
            "Error: Invalid `view_range` parameter: [%d, %d]. It should be within the range of lines of the file: [1, 5]"
                .formatted(first, last));
  }

  @Test
  void listsTwoLevelsWithoutHiddenItemsAndNodeModules() throws Exception {
    var alone = MemoryFixture.projectOnly(temporary);
    memory.file("b.md", "x".repeat(1_536));
    memory.file("a/deep/deeper.md", "");
    memory.file("a/notes.md", "12");
    memory.file(".hidden", "x");
    memory.file("node_modules/x", "x");
    Files.createSymbolicLink(memory.project.resolve("link"), temporary);

    assertThat(alone.run(view("/memories/"), Change.UNCONDITIONAL).text())
        .isEqualTo(
            """
            Here're the files and directories up to 2 levels deep in /memories, excluding hidden items and node_modules:
            4.0K\t/memories
            4.0K\t/memories/a/
            4.0K\t/memories/a/deep/
            2B\t/memories/a/notes.md
            1.5K\t/memories/b.md\
            """);
  }

  @Test
  void showsAnEmptyMemory() throws Exception {
    var alone = MemoryFixture.projectOnly(temporary);

    assertThat(alone.run(view("/memories"), Change.UNCONDITIONAL))
        .isInstanceOf(MemoryOutcome.Done.class)
        .extracting(MemoryOutcome::text)
        .isEqualTo(
            "Here're the files and directories up to 2 levels deep in /memories, excluding hidden"
                + " items and node_modules:\n"
                + "0B\t/memories");
    assertThat(temporary.resolve("workspace/.homeport")).doesNotExist();
  }

  @Test
  void mountsTheUsersMemoryInTheList() throws Exception {
    memory.done(make("/memories/zoo", ""));
    memory.done(make("/memories/user/b", ""));
    memory.file("user/hidden-by-the-mount", "");

    assertThat(memory.done(view("/memories")).lines().skip(2))
        .containsExactly("4.0K\t/memories/user/", "0B\t/memories/user/b", "0B\t/memories/zoo");
    assertThat(memory.done(view("/memories/user")).lines().skip(1))
        .containsExactly("4.0K\t/memories/user", "0B\t/memories/user/b");
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertThat(memory.refused(view("/memories/none")))
        .isEqualTo("The path /memories/none does not exist. Please provide a valid path.");
    memory.file("a", "x");
    assertThat(memory.refused(view("/memories/a/b")))
        .isEqualTo("The path /memories/a/b does not exist. Please provide a valid path.");
  }

  @Test
  void showsPicturesByTheirContent() throws Exception {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    memory.bytes("a.png", png);
    memory.bytes("b.png", new byte[] {(byte) 0x80, 1});

    assertThat(memory.run(view("/memories/a.png")))
        .isInstanceOfSatisfying(
            MemoryOutcome.Picture.class,
            picture -> {
              assertThat(picture.mediaType()).isEqualTo("image/png");
              assertThat(Base64.getDecoder().decode(picture.base64())).isEqualTo(png);
              assertThat(picture.file().bytes()).isEqualTo(png.length);
            });
    assertThat(memory.refused(view("/memories/b.png")))
        .isEqualTo("Unsupported file type for /memories/b.png");
  }

  @Test
  void stopsAtThe999999thLine() throws Exception {
    memory.file("most", "l\n".repeat(999_998) + "l");
    memory.file("more", "l\n".repeat(999_999) + "l");

    assertThat(memory.done(view("/memories/most", 999_999, -1))).endsWith("\n999999\tl");
    assertThat(memory.refused(view("/memories/more")))
        .isEqualTo("File /memories/more exceeds maximum line limit of 999,999 lines.");
  }

  @Test
  void truncatesAt16000CharactersAndSaysHowToGoOn() throws Exception {
    memory.file("a", ("x".repeat(92) + "\n").repeat(500));

    String text = memory.done(view("/memories/a"));

    assertThat(text.indexOf("\n[Truncated")).isBetween(15_800, 16_000);
    assertThat(text)
        .endsWith(
            "\n"
                + "[Truncated at 16,000 characters: lines 1-159 of 501 are shown. Go on with"
                + " view_range [160, -1].]");
    assertThat(memory.done(view("/memories/a", 160, -1)).lines().skip(1).findFirst())
        .contains("   160\t" + "x".repeat(92));
  }

  @Test
  void cutsALineThatIsTooLong() throws Exception {
    memory.file("a", "😀".repeat(20_000));

    assertThat(memory.done(view("/memories/a")))
        .hasSizeBetween(16_000, 16_200)
        .contains("This line goes on for 24,");
  }

  @Test
  void truncatesLongListings() throws Exception {
    for (int i = 0; i < 400; i++) {
      memory.file("a-rather-long-name-of-a-memory-file-" + i + ".md", "");
    }

    assertThat(memory.done(view("/memories")))
        .hasSizeLessThan(16_200)
        .contains("[Truncated at 16,000 characters: ");
  }

  @ParameterizedTest
  @CsvSource({"0, 0B", "1023, 1023B", "1024, 1.0K", "1536, 1.5K", "4096, 4.0K", "1048576, 1.0M"})
  void writesSizesAsDocumented(long bytes, String size) {
    assertThat(MemoryView.size(bytes)).isEqualTo(size);
  }
}
