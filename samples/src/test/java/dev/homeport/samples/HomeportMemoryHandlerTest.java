package dev.homeport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.helpers.BetaMemoryToolHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeportMemoryHandlerTest {
  @TempDir Path directory;
  private BetaMemoryToolHandler handler;

  @BeforeEach
  void open() throws IOException {
    handler = HomeportMemoryHandler.on(directory);
  }

  @Test
  void runsAllSixCommandsOnARealDirectory() {
    Path memory = directory.resolve(".homeport/memory");

    assertThat(handler.create("/memories/plan.md", "one\ntwo\nthree\n"))
        .isEqualTo("File created successfully at: /memories/plan.md");
    assertThat(handler.view("/memories/plan.md", Optional.of(List.of(2L, 3L))))
        .isEqualTo(
            "Here's the content of /memories/plan.md with line numbers:\n"
                + "     2\ttwo\n     3\tthree");
    assertThat(handler.view("/memories/plan.md", Optional.empty())).endsWith("\n     4\t");
    assertThat(handler.strReplace("/memories/plan.md", "two", "2"))
        .isEqualTo(
            "The memory file has been edited.\n"
                + "     1\tone\n     2\t2\n     3\tthree\n     4\t");
    assertThat(handler.insert("/memories/plan.md", 0, "zero"))
        .isEqualTo("The file /memories/plan.md has been edited.");
    assertThat(memory.resolve("plan.md")).hasContent("zero\none\n2\nthree\n");
    assertThat(handler.rename("/memories/plan.md", "/memories/old/plan.md"))
        .isEqualTo("Successfully renamed /memories/plan.md to /memories/old/plan.md");
    assertThat(handler.view("/memories", Optional.empty())).contains("\t/memories/old/plan.md");
    assertThat(handler.delete("/memories/old")).isEqualTo("Successfully deleted /memories/old");
    assertThat(memory).isEmptyDirectory();
  }

  @Test
  void answersErrorsInWordsForClaude() throws IOException {
    Files.createDirectories(directory.resolve(".homeport/memory"));
    Files.write(
        directory.resolve(".homeport/memory/picture"), new byte[] {(byte) 0xff, (byte) 0xd8, -1});

    assertThat(handler.view("/memories/../secret", Optional.empty()))
        .isEqualTo("Path /memories/../secret would escape /memories directory");
    assertThat(handler.view("/memories/picture", Optional.empty()))
        .isEqualTo("Unsupported file type for /memories/picture");
    assertThat(handler.view("/memories/picture", Optional.of(List.of(1L)))).contains("view_range");
    handler.create("/memories/a", "x");
    assertThat(handler.insert("/memories/a", Long.MAX_VALUE, "y")).contains("[0, 1]");
  }
}
