package dev.homeport.sandbox.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.SandboxException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol, against the real program; needs the compiler that makes it, but no sandbox.
@Tag("compiler")
class AgentTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;
  AgentProcess agent;
  AgentChannel channel;

  @BeforeEach
  void start() throws Exception {
    agent = AgentProcess.start(directory);
    channel = AgentChannel.open("agent", agent.link(), false);
  }

  @AfterEach
  void stop() throws Exception {
    channel.close();
    agent.close();
  }

  private AgentExec sh(String script) throws Exception {
    return channel.start(Command.of("sh", "-c", script), Verdict.PLAIN);
  }

  private static String print(AgentExec exec) throws Exception {
    return new String(exec.output().readAllBytes(), UTF_8);
  }

  private static void assertEnds(AgentExec exec, int status) throws Exception {
    assertThat(exec.await(LIMIT)).contains(new ExecEnd.Status(status));
  }

  @Test
  void givesOutputInOrderAndTheStatus() throws Exception {
    AgentExec exec = sh("echo out; echo err >&2; pwd; exit 7");

    assertThat(print(exec)).isEqualTo("out\nerr\n" + directory + "\n");
    assertEnds(exec, 7);
  }

  @Test
  void tellsASignalFromAnExit() throws Exception {
    assertEnds(sh("kill -TERM $$; sleep 5"), 128 + 15);
  }

  @Test
  void saysThatThereIsNoSuchProgram() throws Exception {
    AgentExec exec = channel.start(Command.of("no-such-program"), Verdict.PLAIN);

    assertThat(print(exec)).isEqualTo("no-such-program: No such file or directory\n");
    assertEnds(exec, 127);
  }

  @Test
  void passesMoreInputThanAnyBufferHoldsAndItsEnd() throws Exception {
    byte[] input = new byte[3 << 20];
    AgentExec exec =
        channel.start(
            new Command(List.of("wc", "-c"), new ByteArrayInputStream(input)), Verdict.PLAIN);

    assertThat(print(exec).strip()).isEqualTo(Integer.toString(input.length));
  }

  @Test
  void doesNotWaitForACommandToReadItsInput() throws Exception {
    var input = new ByteArrayInputStream(new byte[3 << 20]);
    AgentExec exec =
        channel.start(new Command(List.of("sh", "-c", "exit 3"), input), Verdict.PLAIN);

    assertEnds(exec, 3);
  }

  @Test
  void givesBackEveryByteOfMoreThanTheRingHolds() throws Exception {
    AgentExec exec = sh("seq 1 2000000");

    long lines = 0;
    try (var reader =
        new java.io.BufferedReader(new java.io.InputStreamReader(exec.output(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        assertThat(line).isEqualTo(Long.toString(lines));
      }
    }
    assertThat(lines).isEqualTo(2_000_000);
    assertEnds(exec, 0);
  }

  @Test
  void endsDaemonsThatACommandLeavesBehind() throws Exception {
    AgentExec exec = sh("(setsid nohup sleep 5441 >/dev/null 2>&1 &); sleep 5441 & echo left");

    assertThat(print(exec)).isEqualTo("left\n");
    assertEnds(exec, 0);
    assertThat(running("5441")).isZero();
  }

  @Test
  void killsTheWholeTree() throws Exception {
    AgentExec exec =
        sh(
            "trap '' TERM; (setsid sh -c 'trap \"\" TERM; sleep 5442; sleep 5442' &); echo on;"
                + " sleep 5442");
    assertThat(exec.output().readNBytes(3)).isEqualTo("on\n".getBytes(UTF_8));
    await().until(() -> running("5442") == 2);

    exec.kill();

    assertEnds(exec, 137);
    assertThat(running("5442")).isZero();
  }

  @Test
  void endsACommandThatKillsItsSupervisor() throws Exception {
    AgentExec exec = sh("(setsid sleep 5443 &); kill -9 $PPID; sleep 5443");

    assertEnds(exec, 137);
    await().until(() -> running("5443") == 0);
    assertThat(print(sh("echo alive"))).isEqualTo("alive\n");
  }

  @Test
  void killsACommandThatStopsItsSupervisor() throws Exception {
    AgentExec exec = sh("echo on; while kill -STOP $PPID; do :; done");
    assertThat(exec.output().readNBytes(3)).isEqualTo("on\n".getBytes(UTF_8));

    exec.kill();

    assertEnds(exec, 137);
  }

  /// A process that a command hands its output to, outside of its tree, must not hold up its end.
  @Test
  void endsThoughAnotherCommandHoldsItsOutput() throws Exception {
    AgentExec holder =
        sh("until [ -s pid ]; do :; done; exec 5>/proc/$(cat pid)/fd/1; touch held; sleep 5444");
    AgentExec exec =
        sh("echo $$ > new; mv new pid; until [ -f held ]; do :; done; echo handed over");

    assertThat(print(exec)).isEqualTo("handed over\n");
    assertEnds(exec, 0);
    assertThat(holder.await(Duration.ZERO)).isEmpty();
    holder.kill();
    assertEnds(holder, 137);
  }

  @Test
  void runsCommandsSideBySide() throws Exception {
    AgentExec slow = sh("until [ -f go ]; do sleep 0.01; done");
    for (int i = 0; i < 50; i++) {
      assertThat(print(sh("echo " + i))).isEqualTo(i + "\n");
    }
    assertThat(slow.await(Duration.ZERO)).isEmpty();
    assertThat(print(sh("touch go"))).isEmpty();
    assertEnds(slow, 0);
  }

  @Test
  void runsTwoHundredCommandsAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> print(sh("echo " + i))))
              .toList();

      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(i + "\n");
      }
    }
    assertThat(channel.isBusy()).isFalse();
  }

  @Test
  void ignoresWhatIsMeantForAnotherGeneration() throws Exception {
    var stale = new Frame(FrameType.END, 0, 0, channel.generation() + 1, new byte[0]);
    agent.process().getOutputStream().write(stale.bytes());
    agent.process().getOutputStream().flush();

    assertThat(print(sh("echo alive"))).isEqualTo("alive\n");
  }

  @Test
  void losesCommandsWithTheAgent() throws Exception {
    AgentExec exec = sh("sleep 5445");

    agent.process().destroyForcibly();

    assertThat(exec.await(LIMIT).orElseThrow()).isInstanceOf(ExecEnd.Lost.class);
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> sh("true"))
        .isInstanceOfSatisfying(
            SandboxException.class,
            e -> assertThat(e.kind()).isEqualTo(SandboxException.Kind.LOST));
    ProcessHandle.allProcesses()
        .filter(p -> hasArgument(p, "5445"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void endsWithoutAHarnessWhenItsLeaseIsOver() throws Exception {
    try (AgentProcess leased = AgentProcess.start(directory, "--lease-ms", "300")) {
      assertThat(leased.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(leased.process().exitValue()).isZero();
    }
  }

  @Test
  void livesOnWhileAHarnessPings() throws Exception {
    try (AgentProcess leased = AgentProcess.start(directory, "--lease-ms", "1500");
        var pinging =
            AgentChannel.open("agent", leased.link(), false).pinging(Duration.ofMillis(100))) {
      AgentExec exec = pinging.start(Command.of("sh", "-c", "sleep 3; echo done"), Verdict.PLAIN);

      assertThat(print(exec)).isEqualTo("done\n");
      assertThat(pinging.isOpen()).isTrue();
    }
  }

  private static long running(String argument) {
    return ProcessHandle.allProcesses().filter(process -> hasArgument(process, argument)).count();
  }

  private static boolean hasArgument(ProcessHandle process, String argument) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).equals(List.of(argument)))
        .orElse(false);
  }
}
