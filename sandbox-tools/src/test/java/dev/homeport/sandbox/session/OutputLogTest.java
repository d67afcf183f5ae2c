package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLogTest {
  @TempDir Path directory;

  private OutputLog log(int head, int tail, long file) {
    return new OutputLog(
        directory.resolve("output"), new ExecLimits(Duration.ofSeconds(1), head, tail, file));
  }

  private static void append(OutputLog log, String... pieces) {
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      log.append(bytes, bytes.length);
    }
  }

  @Test
  void keepsEverythingThatFits() throws IOException {
    try (OutputLog log = log(4, 4, 100)) {
      append(log, "ab", "cdef", "gh");

      ExecOutput output = log.output();
      assertThat(output.text()).isEqualTo("abcdefgh");
      assertThat(output.omittedBytes()).isZero();
      assertThat(output.file()).isEmpty();
    }
  }

  @Test
  void keepsHeadAndTailAndWritesAllToTheFile() throws IOException {
    try (OutputLog log = log(4, 4, 100)) {
      append(log, "abcdef", "ghijklmnopqrst", "u", "vwxyz");

      ExecOutput output = log.output();
      assertThat(output.head()).isEqualTo("abcd");
      assertThat(output.tail()).isEqualTo("wxyz");
      assertThat(output.omittedBytes()).isEqualTo(18);
      assertThat(output.file().orElseThrow()).hasContent("abcdefghijklmnopqrstuvwxyz");
    }
  }

  @Test
  void countsWhatTheFileDoesNotTake() throws IOException {
    try (OutputLog log = log(2, 2, 10)) {
      append(log, "abcdefghijklmnopqrstuvwxyz");

      ExecOutput output = log.output();
      assertThat(output.totalBytes()).isEqualTo(26);
      assertThat(output.fileBytes()).isEqualTo(10);
      assertThat(output.file().orElseThrow()).hasContent("abcdefghij");
      assertThat(log.read(0, 100, false).text()).isEqualTo("abcdefghij");
      LogChunk last = log.read(10, 100, false);
      assertThat(last.text()).isEqualTo("yz");
      assertThat(last.skippedBytes()).isEqualTo(14);
      assertThat(last.next()).isEqualTo(26);
    }
  }

  @Test
  void tearsNoCharacter() throws IOException {
    try (OutputLog log = log(4, 4, 100)) {
      append(log, "aéé", "xxxxxx", "ééb");

      assertThat(log.output().head()).isEqualTo("aé");
      assertThat(log.output().tail()).isEqualTo("éb");
      assertThat(log.output().omittedBytes()).isEqualTo(16 - 3 - 3);
    }
  }

  @Test
  void holdsATornCharacterBackUntilTheRestComes() throws IOException {
    try (OutputLog log = log(100, 100, 100)) {
      log.append(new byte[] {'a', (byte) 0xC3}, 2);
      assertThat(log.read(0, 100, false)).isEqualTo(new LogChunk("a", 1, 0, 2));

      log.append(new byte[] {(byte) 0xA9}, 1);
      assertThat(log.read(1, 100, false)).isEqualTo(new LogChunk("é", 3, 0, 3));
    }
  }

  @Test
  void givesATornCharacterAsItIsOnceNothingFollows() throws IOException {
    try (OutputLog log = log(100, 100, 100)) {
      log.append(new byte[] {'a', (byte) 0xC3}, 2);

      assertThat(log.read(0, 100, true).text()).isEqualTo("a\uFFFD");
      assertThat(log.read(2, 100, true)).isEqualTo(new LogChunk("", 2, 0, 2));
    }
  }
}
