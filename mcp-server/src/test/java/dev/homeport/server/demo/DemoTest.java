package dev.homeport.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final Path SAMPLE = Path.of("..", "samples", "workspace").toAbsolutePath();

  @TempDir Path directory;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(Path sample, Map<String, String> environment) throws InterruptedException {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Demo.run(
        new DemoOptions(out, false, sample, Optional.of(directory), List.of(), environment));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /// Nothing to make a sandbox with: no program can be found, and Docker's socket is missing.
  private Map<String, String> withoutBackends() {
    return Map.of(
        "PATH",
        directory.resolve("empty").toString(),
        "DOCKER_HOST",
        "unix://" + directory.resolve("no-docker.sock"));
  }

  @Test
  @Tag("bubblewrap")
  void doesTheWholeDayForReal() throws InterruptedException, IOException {
    int code = run(SAMPLE, Map.of());

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("FAILED (failures=1)", "300 invoices, 0 differ", "SIGKILL");
    assertThat(Files.readString(directory.resolve("orders/orders/currency.py")))
        .doesNotContain(".rounded()");
  }

  @Test
  void saysWhatItSkippedWhenThereIsNoSandbox() throws InterruptedException, IOException {
    int code = run(SAMPLE, withoutBackends());

    assertThat(code).as(printed()).isEqualTo(3);
    assertThat(printed()).contains("skipped", "apt-get install bubblewrap");
    assertThat(Files.readString(directory.resolve("orders/orders/currency.py")))
        .doesNotContain(".rounded()");
  }

  @Test
  void failsOnAProjectInWhichTheStoryDoesNotHold() throws InterruptedException, IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("README.md"), "Nothing of what the demonstration expects.\n");

    int code = run(other, withoutBackends());

    assertThat(code).as(printed()).isEqualTo(1);
    assertThat(printed()).contains("FAILED", "should say", "left for inspection");
  }

  @Test
  void failsWithoutAProject() throws InterruptedException {
    assertThat(run(directory.resolve("nowhere"), Map.of())).isEqualTo(1);
    assertThat(printed()).contains("no sample project");
  }
}
