package dev.homeport.sandbox.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A harness dies and another takes its sandbox over, against the real program.
@Tag("compiler")
class TakeOverTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CYCLES = 50;

  @TempDir Path directory;
  KeeperProcess keeper;

  @BeforeEach
  void start() throws Exception {
    keeper = KeeperProcess.start(directory, 5_000);
  }

  @AfterEach
  void stop() {
    keeper.close();
  }

  private static KnownExec only(AgentChannel channel) {
    assertThat(channel.known()).hasSize(1);
    return channel.known().getFirst();
  }

  private void signal(String name) throws IOException, InterruptedException {
    long agent = keeper.agent().pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(agent)).inheritIO().start().waitFor();
  }

  @Test
  void losesNoByteOverManyHarnessesAndPauses() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var got = new ByteArrayOutputStream();
    try (AgentChannel first = keeper.connect()) {
      first.start(Command.of("seq", "1", "3000000"), Verdict.PLAIN);
    }

    for (int i = 0; i < CYCLES; i++) {
      try (AgentChannel channel = keeper.connect()) {
        AgentExec exec = channel.attach(only(channel), got.size(), Verdict.PLAIN);
        got.write(exec.output().readNBytes(random.nextInt(300_000)));
        signal("STOP");
        signal("CONT");
        got.write(exec.output().readNBytes(random.nextInt(100_000)));
      }
    }
    try (AgentChannel last = keeper.connect()) {
      AgentExec exec = last.attach(only(last), got.size(), Verdict.PLAIN);
      exec.output().transferTo(got);
      assertThat(exec.await(LIMIT)).contains(new ExecEnd.Status(0));
    }

    int number = 0;
    for (String line : got.toString(UTF_8).split("\n", -1)) {
      number++;
      if (number <= 3_000_000) {
        assertThat(line).as("seed %d", seed).isEqualTo(Integer.toString(number));
      }
    }
    assertThat(number).as("seed %d", seed).isEqualTo(3_000_001);
  }

  @Test
  void keepsInAFileWhatIsPrintedWhileNobodyListens() throws Exception {
    try (AgentChannel first = keeper.connect()) {
      first.start(
          Command.of("sh", "-c", "head -c 5000000 /dev/zero; touch printed"), Verdict.PLAIN);
    }
    await().until(() -> directory.resolve("printed").toFile().exists());

    try (AgentChannel second = keeper.connect()) {
      assertThat(only(second).total()).isEqualTo(5_000_000);
      AgentExec exec = second.attach(only(second), 0, Verdict.PLAIN);

      assertThat(exec.output().readAllBytes()).hasSize(5_000_000);
      assertThat(exec.await(LIMIT)).contains(new ExecEnd.Status(0));
    }
  }

  @Test
  void tellsTheNextHarnessHowACommandEnded() throws Exception {
    try (AgentChannel first = keeper.connect()) {
      first.start(Command.of("sh", "-c", "sleep 0.2; echo done; exit 4"), Verdict.PLAIN);
    }

    try (AgentChannel second = keeper.connect()) {
      AgentExec exec = second.attach(only(second), 0, Verdict.PLAIN);

      assertThat(exec.output().readAllBytes()).isEqualTo("done\n".getBytes(UTF_8));
      assertThat(exec.await(LIMIT)).contains(new ExecEnd.Status(4));
      AgentExec other = second.start(Command.of("true"), Verdict.PLAIN);
      assertThat(other.id()).isGreaterThan(exec.id());
    }
  }

  @Test
  void loosesTheEarlierConnectionToTheLater() throws Exception {
    try (AgentChannel first = keeper.connect();
        AgentChannel second = keeper.connect()) {
      await().until(() -> !first.isOpen());

      assertThat(second.generation()).isEqualTo(first.generation());
      assertThat(second.isOpen()).isTrue();
    }
  }

  @Test
  void endsWithItsAgentWhenNobodyComesBack() throws Exception {
    try (KeeperProcess leased = KeeperProcess.start(newDirectory(), 300)) {
      ProcessHandle agent = leased.agent();
      try (AgentChannel channel = leased.connect()) {
        channel.start(Command.of("sleep", "5451"), Verdict.PLAIN);
      }

      leased.channel().close();

      assertThat(leased.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      await().until(() -> !agent.isAlive());
    } finally {
      ProcessHandle.allProcesses()
          .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 5451"))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Path newDirectory() throws IOException {
    return java.nio.file.Files.createDirectory(directory.resolve("leased"));
  }
}
