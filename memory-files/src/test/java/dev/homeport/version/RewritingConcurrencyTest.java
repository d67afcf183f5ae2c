package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several processes write while the log is rewritten, and processes die.
@Timeout(120)
class RewritingConcurrencyTest {
  private static final int WRITES = 150;
  private static final int ROUNDS = 8;

  @TempDir Path root;

  private Process start(String command, String name, int count) throws IOException {
    return ChildJvm.start(
        VersionChild.class, command, root.toString(), name, Integer.toString(count));
  }

  /// The numbers in the contents that the versions of a file gave it, the oldest first.
  private static List<Integer> written(HistoryFixture files, String name) throws IOException {
    var numbers = new ArrayList<Integer>();
    String before = null;
    do {
      HistoryPage page = files.list(name, 200, before);
      for (Version version : page.versions()) {
        Snapshot content = version.contentAfter().orElseThrow();
        String text = new String(files.versions.log().read(content), UTF_8);
        numbers.add(Integer.parseInt(text.substring(name.length() + 1)));
      }
      before = page.next().orElse(null);
    } while (before != null);
    return numbers.reversed();
  }

  private static List<Integer> upTo(int last) {
    var numbers = new ArrayList<Integer>();
    for (int i = 1; i <= last; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  void losesNothingOfFourWritersWhileRedactionsRewrite() throws Exception {
    List<String> names = List.of("p", "q", "r", "s");
    var writers = new ArrayList<Process>();
    for (String name : names) {
      writers.add(start("write", name, WRITES));
    }
    Process redactor = start("redact", "leak", 15);

    for (Process writer : writers) {
      assertThat(ChildJvm.output(writer).lines()).hasSize(WRITES);
    }
    assertThat(ChildJvm.output(redactor).lines()).hasSize(15);
    var files = new HistoryFixture(root);
    for (String name : names) {
      assertThat(written(files, name)).isEqualTo(upTo(WRITES));
    }
    assertThat(files.isOnDisk("leak secret 1.")).isFalse();
    assertThat(files.isOnDisk("leak secret 15.")).isFalse();
  }

  @Test
  void keepsTheNewestOfFourWritersWhileTwoForget() throws Exception {
    List<String> names = List.of("p", "q", "r", "s");
    var writers = new ArrayList<Process>();
    for (String name : names) {
      writers.add(start(names.indexOf(name) < 2 ? "forget" : "write", name, WRITES));
    }

    for (Process writer : writers) {
      assertThat(ChildJvm.output(writer).lines()).hasSize(WRITES);
    }
    var files = new HistoryFixture(root);
    assertThat(files.list(".")).hasSizeLessThan(4 * WRITES);
    for (String name : names) {
      List<Integer> kept = written(files, name);
      assertThat(kept).isEqualTo(upTo(WRITES).subList(WRITES - kept.size(), WRITES));
    }
  }

  @Test
  void survivesBeingKilledWhileItRewrites() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Process writer = start("write", "steady", 1_000_000);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        killARedactor("leak" + round, 1 + random.nextInt(6), random.nextInt(8_000_000));
      }
    } finally {
      // By its handle, as the process itself would close the stream of what it printed.
      writer.toHandle().destroyForcibly();
      writer.waitFor();
    }

    int acknowledged =
        (int) new String(writer.getInputStream().readAllBytes(), UTF_8).lines().count();
    var files = new HistoryFixture(root);
    List<Integer> kept = written(files, "steady");
    assertThat(kept)
        .as("seed %d", seed)
        .hasSizeBetween(acknowledged, acknowledged + 1)
        .isEqualTo(upTo(kept.size()));
    for (int round = 0; round < ROUNDS; round++) {
      files.write("leak" + round, "clean");
    }
    try (var left = Files.list(root.resolve(".homeport/versions"))) {
      assertThat(left.filter(Files::isDirectory)).hasSize(1);
    }
    files.history.redactPast(path("."), HistoryFixture.AGENT.because("clean up"));
    assertThat(files.isOnDisk("secret ")).as("seed %d", seed).isFalse();
  }

  /// Lets a process redact some times, waits a moment more and kills it.
  private void killARedactor(String name, int times, long nanos) throws Exception {
    Process redactor = start("redact", name, 1_000_000);
    try (var lines = new BufferedReader(new InputStreamReader(redactor.getInputStream(), UTF_8))) {
      for (int i = 1; i <= times; i++) {
        assertThat(lines.readLine()).isEqualTo(Integer.toString(i));
      }
      long moment = System.nanoTime() + nanos;
      while (System.nanoTime() < moment) {
        Thread.onSpinWait();
      }
    } finally {
      redactor.destroyForcibly().waitFor();
    }
  }
}
