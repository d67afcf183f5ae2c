package dev.homeport.sandbox.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecEnd;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Snippets of Python that are forked from an interpreter which is ready, against the real one.
@Tag("compiler")
class SnippetTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;
  private AgentProcess agent;
  private AgentChannel channel;

  private record Run(String printed, ExecEnd end) {}

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

  private AgentExec snippet(String code) throws Exception {
    return channel.start(Command.of("python3", "-c", code), Verdict.PLAIN);
  }

  private static Run finish(AgentExec exec) throws Exception {
    String printed = new String(exec.output().readAllBytes(), UTF_8);
    return new Run(printed, exec.await(LIMIT).orElseThrow());
  }

  private String print(String code) throws Exception {
    return finish(snippet(code)).printed().strip();
  }

  @Test
  void isForked() throws Exception {
    String code = "import os; print(open(f'/proc/{os.getppid()}/cmdline').read().split('\\0')[1])";

    // Until the interpreter is ready, a snippet gets one of its own.
    await().atMost(LIMIT).untilAsserted(() -> assertThat(print(code)).isEqualTo("watch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "print(6 * 7)",
        "import sys; print(sys.argv, sys.path[0], __name__, sys.stdin.read())",
        "def f():\n  1 / 0\nf()",
        "print(1",
        "import sys; print('out'); sys.exit(3)",
        "import sys; sys.exit('message')",
        "raise KeyError('x') from ValueError('y')",
        "import os; print(os.getcwd(), os.environ.get('PATH'))",
        "import atexit; atexit.register(print, 'at exit')",
        "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))))",
        "import threading, time\nthreading.Timer(0.05, print, ['late']).start()",
        "f = open('unclosed', 'w'); f.write('x'); g = open('unclosed'); print('written')",
        "import os; os._exit(9)",
        "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
        "import subprocess; print(subprocess.run(['echo', 'sub'], capture_output=True).stdout)",
        "import multiprocessing as m\n"
            + "p = m.Process(target=print, args=('child',)); p.start(); p.join()",
        "print('\\u00fc\\u4f60')",
      })
  void doesWhatAnInterpreterOfItsOwnDoes(String code) throws Exception {
    var inShell = List.of("sh", "-c", "exec python3 -c \"$0\"", code);
    Run own =
        finish(
            channel.start(
                new Command(inShell, new ByteArrayInputStream("in".getBytes(UTF_8))),
                Verdict.PLAIN));

    Run forked =
        finish(
            channel.start(
                new Command(
                    List.of("python3", "-c", code), new ByteArrayInputStream("in".getBytes(UTF_8))),
                Verdict.PLAIN));

    assertThat(forked).isEqualTo(own);
  }

  @Test
  void writesWhatAFileStillHoldsAtItsEnd() throws Exception {
    print("f = open('left', 'w'); f.write('all')");

    assertThat(directory.resolve("left")).hasContent("all");
  }

  @Test
  void sharesNoRandomNumbers() throws Exception {
    String code = "import random; print(random.random())";

    assertThat(print(code)).isNotEqualTo(print(code));
  }

  @Test
  void leavesNothingBehindForTheNextOne() throws Exception {
    print("import builtins, os, sys; builtins.x = 1; os.chdir('/'); sys.modules['json'] = None");

    assertThat(print("import json, os; print('x' in dir(__builtins__), os.getcwd())"))
        .isEqualTo("False " + directory);
  }

  @Test
  void isKilledWithWhatItStarted() throws Exception {
    AgentExec exec =
        snippet(
            "import subprocess\np = subprocess.Popen(['sleep', '5461'], start_new_session=True)\n"
                + "print(p.pid, flush=True)\nwhile True: pass");
    String pid =
        new java.io.BufferedReader(new java.io.InputStreamReader(exec.output(), UTF_8)).readLine();

    exec.kill();

    assertThat(exec.await(LIMIT)).contains(new ExecEnd.Status(137));
    assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endsThoughItKillsItsSupervisor() throws Exception {
    Run run = finish(snippet("import os, time; os.kill(os.getppid(), 9); time.sleep(60)"));

    assertThat(run.end()).isEqualTo(new ExecEnd.Status(137));
    assertThat(print("print('alive')")).isEqualTo("alive");
  }

  @Test
  void isRunAllTheSameWhenTheReadyInterpreterIsGone() throws Exception {
    assertThat(print("print('first')")).isEqualTo("first");
    ProcessHandle ready = agent.process().children().findFirst().orElseThrow();

    ready.destroyForcibly();
    await().until(() -> !ready.isAlive());

    assertThat(print("print('second')")).isEqualTo("second");
  }
}
