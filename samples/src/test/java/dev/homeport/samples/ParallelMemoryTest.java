package dev.homeport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelMemoryTest {
  @TempDir Path directory;

  @Test
  void keepsTheEditOfEveryAgent() throws IOException, InterruptedException, ExecutionException {
    var printed = new ByteArrayOutputStream();

    ParallelMemory.run(directory, new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("berth 01: taken by agent 1\n", "berth 20: taken by agent 20")
        .doesNotContain("free", "told:", "refused:");
  }
}
