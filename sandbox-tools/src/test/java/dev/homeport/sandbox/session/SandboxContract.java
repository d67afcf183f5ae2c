package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxLimits;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.sandbox.files.Trees;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every backend must do, against the real engine.
abstract class SandboxContract {
  static final String SESSION = "session";
  static final String SANDBOX = ExecRequest.DEFAULT_SANDBOX;
  private static final long MEMORY = 256L << 20;
  private static final int PROCESSES = 64;

  @TempDir Path directory;
  Path root;
  Workspace workspace;
  Sandboxes sandboxes;

  abstract SandboxBackend backend();

  @BeforeEach
  void open() throws IOException, InterruptedException {
    SandboxBackend backend = backend();
    assertThat(backend.availability()).isInstanceOf(Availability.Available.class);
    root = Files.createDirectory(directory.resolve("work space"));
    write("src/Main.java", "class Main {}\n");
    write("README.md", "read me\n");
    write(".env", "TOKEN=top-secret\n");
    write("deploy/server.pem", "top-secret\n");
    write(".homeport/memory/MEMORY.md", "top-secret\n");
    write(".git/config", "[core]\n");
    write(".git/hooks/pre-commit", "#!/bin/sh\n");
    write(".mcp.json", "{}\n");
    write(".claude/settings.json", "{}\n");
    workspace = Workspace.open(root);
    var limits = new SandboxLimits(MEMORY, PROCESSES, 300L << 20, 64L << 20);
    var standard = SandboxTemplate.DEFAULT;
    var template =
        new SandboxTemplate(
            WorkspacePolicy.DEFAULT,
            limits,
            List.of(),
            Map.of("GREETING", "hello there"),
            standard.executors(),
            standard.egress(),
            0);
    sandboxes = Sandboxes.open(workspace, directory.resolve("state"), List.of(backend), template);
  }

  @AfterEach
  void close() throws IOException {
    sandboxes.close();
    assertThat(directory.resolve("state")).isEmptyDirectory();
  }

  void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  ExecOutcome bash(String input) throws IOException, InterruptedException {
    return run(ExecRequest.of(SESSION, "bash", input));
  }

  ExecOutcome bash(String input, String stdin, Duration timeout)
      throws IOException, InterruptedException {
    return run(
        new ExecRequest(
            SESSION, SANDBOX, "bash", input, stdin, ExecLimits.DEFAULT.withTimeout(timeout)));
  }

  ExecOutcome run(ExecRequest request) throws IOException, InterruptedException {
    return sandboxes.execute(request, _ -> {}).outcome();
  }

  static String printed(ExecOutcome outcome) {
    return switch (outcome) {
      case ExecOutcome.Exited(_, var output) -> output.text();
      case ExecOutcome.Signalled(_, var output) -> output.text();
      case ExecOutcome.TimedOut(_, var output) -> output.text();
      case ExecOutcome.OutOfMemory(var output) -> output.text();
      case ExecOutcome.Lost(var reason, var output) -> reason + output.text();
      case ExecOutcome.Refused(var reason) -> reason;
    };
  }

  static void assertExit(ExecOutcome outcome, int code) {
    assertThat(outcome).as(printed(outcome)).isInstanceOf(ExecOutcome.Exited.class);
    assertThat(((ExecOutcome.Exited) outcome).code()).as(printed(outcome)).isEqualTo(code);
  }

  void assertPrints(String input, String expected) throws IOException, InterruptedException {
    ExecOutcome outcome = bash(input);
    assertThat(printed(outcome).strip()).isEqualTo(expected);
    assertExit(outcome, 0);
  }

  private List<String> changes() throws IOException, InterruptedException {
    return sandboxes.diff(SESSION, SANDBOX).stream()
        .map(change -> change.kind() + " " + change.path())
        .toList();
  }

  private List<String> apply(String... paths) throws IOException, InterruptedException {
    var chosen = new java.util.ArrayList<WorkspacePath>();
    for (String path : paths) {
      chosen.add(WorkspacePath.parse(path));
    }
    return sandboxes.apply(SESSION, SANDBOX, chosen, ChangeTarget.of(workspace)).stream()
        .map(outcome -> outcome.getClass().getSimpleName() + " " + outcome.path())
        .toList();
  }

  @Test
  void givesBackWhatACommandPrintsAndItsStatus() throws Exception {
    ExecOutcome outcome = bash("echo out; echo err >&2; exit 7");

    assertExit(outcome, 7);
    assertThat(printed(outcome)).isEqualTo("out\nerr\n");
  }

  @Test
  void runsPython() throws Exception {
    ExecOutcome outcome = run(ExecRequest.of(SESSION, "python", "print(6 * 7)"));

    assertExit(outcome, 0);
    assertThat(printed(outcome)).isEqualTo("42\n");
  }

  @Test
  void tellsASignalFromAnExit() throws Exception {
    assertThat(bash("kill -TERM $$; sleep 5"))
        .isInstanceOfSatisfying(
            ExecOutcome.Signalled.class, s -> assertThat(s.signal()).isEqualTo(15));
  }

  @Test
  void namesTheExecutorsThereAreForAnUnknownOne() throws Exception {
    assertThat(run(ExecRequest.of(SESSION, "cobol", "x")))
        .isInstanceOfSatisfying(
            ExecOutcome.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("cobol").contains("bash").contains("python"));
  }

  @Test
  void namesTheSandboxesThereAreForAnUnknownOne() throws Exception {
    sandboxes.create(SESSION, "second");

    var request = new ExecRequest(SESSION, "third", "bash", "true", "", ExecLimits.DEFAULT);

    assertThat(printed(run(request))).contains("third").contains("default, second");
  }

  @Test
  void refusesAnInputThatIsTooLong() throws Exception {
    assertThat(bash("#".repeat(200_000))).isInstanceOf(ExecOutcome.Refused.class);
  }

  @Test
  void passesStandardInputAndItsEnd() throws Exception {
    ExecOutcome outcome = bash("tr a-z A-Z; echo done", "hello", Duration.ofSeconds(20));

    assertExit(outcome, 0);
    assertThat(printed(outcome)).isEqualTo("HELLOdone\n");
  }

  @Test
  void doesNotWaitForACommandToReadItsInput() throws Exception {
    assertExit(bash("exit 3", "x".repeat(1 << 20), Duration.ofSeconds(20)), 3);
  }

  @Test
  void endsACommandThatReadsForever() throws Exception {
    assertExit(bash("while read -r line; do echo \"$line\"; done; echo end"), 0);
  }

  @Test
  void killsTheWholeTreeWhenTheTimeIsUpAndKeepsTheOutput() throws Exception {
    ExecOutcome outcome =
        bash(
            "echo started; (setsid nohup sh -c 'trap \"\" TERM; sleep 4321' >/dev/null 2>&1 &);"
                + " setsid sleep 4321 & sleep 4321",
            "",
            Duration.ofSeconds(2));

    assertThat(outcome).isInstanceOf(ExecOutcome.TimedOut.class);
    assertThat(printed(outcome)).isEqualTo("started\n");
    await().atMost(Duration.ofSeconds(5)).until(() -> !isRunningOnHost("4321"));
    assertPrints("echo alive", "alive");
  }

  @Test
  void endsWhatACommandLeavesBehind() throws Exception {
    assertPrints("(setsid sleep 4322 &) ; sleep 4322 & echo left", "left");

    await().atMost(Duration.ofSeconds(5)).until(() -> !isRunningOnHost("4322"));
  }

  static boolean isRunningOnHost(String argument) {
    return ProcessHandle.allProcesses()
        .anyMatch(process ->
            process
                .info()
                .arguments()
                .map(arguments -> List.of(arguments).equals(List.of(argument)))
                .orElse(false));
  }

  @Test
  void keepsHeadAndTailOf100MegabytesAndTheRestInAFile() throws Exception {
    ExecOutcome outcome = bash("yes 0123456789abcde | head -c 100M; echo THE END");

    assertExit(outcome, 0);
    ExecOutput output = ((ExecOutcome.Exited) outcome).output();
    assertThat(output.totalBytes()).isEqualTo((100L << 20) + 8);
    assertThat(output.head()).startsWith("0123456789abcde\n");
    assertThat(output.tail()).endsWith("THE END\n");
    assertThat(output.omittedBytes())
        .isEqualTo(output.totalBytes() - output.head().length() - output.tail().length());
    assertThat(output.text()).contains("104,824,840 of 104,857,608 bytes left out");
    assertThat(output.file().orElseThrow()).hasSize((100L << 20) + 8);
  }

  @Test
  void takesOutputWithoutNewlinesAndInvalidUtf8() throws Exception {
    ExecOutcome outcome = bash("printf 'a\\377b'; head -c 100000 /dev/zero | tr '\\0' x");

    assertThat(((ExecOutcome.Exited) outcome).output().head()).startsWith("a\uFFFDbxxx");
    assertThat(((ExecOutcome.Exited) outcome).output().totalBytes()).isEqualTo(100_003);
  }

  @Test
  void boundsAForkBomb() throws Exception {
    ExecOutcome outcome =
        bash("bomb() { bomb | bomb & }; bomb; sleep 60", "", Duration.ofSeconds(3));

    assertThat(outcome).isNotInstanceOf(ExecOutcome.Lost.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> printed(bash("echo alive")).contains("alive"));
  }

  @Test
  void boundsMemory() throws Exception {
    ExecOutcome outcome =
        run(ExecRequest.of(SESSION, "python", "x = bytearray(%d)".formatted(MEMORY * 2)));

    assertThat(outcome)
        .satisfiesAnyOf(
            o -> assertThat(o).isInstanceOf(ExecOutcome.OutOfMemory.class),
            o -> assertThat(printed(o)).contains("MemoryError"));
    assertPrints("echo alive", "alive");
  }

  @Test
  void hasNoNetwork() throws Exception {
    ExecOutcome outcome =
        bash("tail -n +3 /proc/net/dev | cut -d: -f1; cat < /dev/tcp/169.254.169.254/80");

    assertThat(printed(outcome)).startsWith("    lo\n").contains("unreachable");
  }

  @Test
  void hasNoPrivilegesAndSeesNoProcessOfTheHost() throws Exception {
    assertPrints("grep CapBnd /proc/self/status | tr -d '\\t'", "CapBnd:0000000000000000");
    assertPrints("grep NoNewPrivs /proc/self/status | cut -f2", "1");
    assertPrints("id -u", "1000");
    assertPrints("ls -d /proc/[0-9]* | wc -l | awk '{ print ($1 < 12) }'", "1");
  }

  @Test
  void cannotSeeTheHostsFiles() throws Exception {
    assertPrints(
        "ls " + directory + " /root /etc/shadow /var/run/docker.sock 2>/dev/null; true", "");
  }

  @Test
  void cannotChangeTheSystem() throws Exception {
    assertPrints(
        "for f in /x /usr/x /etc/x /proc/sys/vm/stat_interval /proc/sysrq-trigger; do"
            + " (echo > $f) 2>/dev/null && echo wrote $f; done; true",
        "");
  }

  @Test
  void hidesSecretsAndHomeportsOwnFiles() throws Exception {
    assertPrints("ls -A . deploy | grep -e env -e pem -e homeport; cat .env 2>/dev/null; true", "");
    assertPrints("grep -rl top-secret . /tmp 2>/dev/null; true", "");
  }

  @Test
  void hidesASecretThatAppearsLater() throws Exception {
    assertPrints("echo first", "first");

    write("src/.env.local", "top-secret\n");

    assertPrints("grep -rl top-secret . 2>/dev/null; true", "");
  }

  @Test
  void hidesHomeportsDirectoryThatAppearsLater() throws Exception {
    Trees.delete(root.resolve(".homeport"));
    assertPrints("echo first", "first");

    write(".homeport/memory/MEMORY.md", "top-secret\n");

    assertPrints("ls -A | grep homeport; true", "");
  }

  @Test
  void doesNotPassTheServersEnvironmentOn() throws Exception {
    assertPrints("echo $GREETING", "hello there");
    assertPrints("cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c MAVEN_; true", "0");
  }

  @Test
  void protectsWhatOtherProgramsRun() throws Exception {
    String attempt =
        "for f in .git/hooks/pre-commit .git/config .mcp.json .claude/settings.json; do"
            + " (echo evil > $f) 2>/dev/null && echo wrote $f; done; cat .git/config";

    assertPrints(attempt, "[core]");
  }

  @Test
  void keepsFilesBetweenCommands() throws Exception {
    assertPrints("echo one > /tmp/x; echo two > ~/y; echo three > z", "");
    assertPrints("cat /tmp/x ~/y z | tr '\\n' ' '", "one two three");
  }

  @Test
  void changesStayInTheSandboxUntilTheyAreApplied() throws Exception {
    ExecResult result =
        sandboxes.execute(
            ExecRequest.of(
                SESSION, "bash", "echo changed > README.md; echo new > new.txt; rm src/Main.java"),
            _ -> {});

    assertThat(result.changedFiles()).isEqualTo(3);
    assertThat(changes())
        .containsExactly("CHANGED README.md", "ADDED new.txt", "DELETED src/Main.java");
    assertThat(root.resolve("README.md")).hasContent("read me");

    assertThat(apply("README.md", "src/Main.java", "other"))
        .containsExactlyInAnyOrder("Applied README.md", "Applied src/Main.java", "Refused other");

    assertThat(root.resolve("README.md")).hasContent("changed");
    assertThat(root.resolve("src/Main.java")).doesNotExist();
    assertThat(root.resolve("new.txt")).doesNotExist();
    assertThat(changes()).containsExactly("ADDED new.txt");
  }

  @Test
  void seesWhatChangesInTheWorkspaceMeanwhile() throws Exception {
    assertPrints("cat README.md; ls late.txt 2>/dev/null; true", "read me");

    workspace.write(WorkspacePath.parse("README.md"), bytes("edited\n"));
    workspace.write(WorkspacePath.parse("late.txt"), bytes("late\n"));
    workspace.delete(WorkspacePath.parse("src/Main.java"));

    assertPrints("cat README.md late.txt | tr '\\n' ' '; ls src", "edited late");
    assertThat(changes()).isEmpty();
  }

  @Test
  void seesEditsOfAnAppliedFile() throws Exception {
    assertPrints("echo one > README.md; mkdir deep; echo one > deep/a", "");
    assertThat(apply()).containsExactlyInAnyOrder("Applied README.md", "Applied deep/a");

    workspace.write(WorkspacePath.parse("README.md"), bytes("two\n"));
    workspace.write(WorkspacePath.parse("deep/a"), bytes("two\n"));

    assertPrints("cat README.md deep/a", "two\ntwo");
    assertThat(changes()).isEmpty();
  }

  @Test
  void tellsAConflictInsteadOfLosingAnEdit() throws Exception {
    assertPrints("echo mine > README.md; echo mine > new.txt; rm src/Main.java", "");

    workspace.write(WorkspacePath.parse("README.md"), bytes("theirs\n"));
    workspace.write(WorkspacePath.parse("new.txt"), bytes("theirs\n"));
    workspace.write(WorkspacePath.parse("src/Main.java"), bytes("theirs\n"));

    assertThat(apply())
        .containsExactlyInAnyOrder(
            "Conflict README.md", "Conflict new.txt", "Conflict src/Main.java");
    assertThat(root.resolve("README.md")).hasContent("theirs");
    assertThat(root.resolve("src/Main.java")).hasContent("theirs");
  }

  @Test
  void tellsAConflictWithADeletion() throws Exception {
    assertPrints("echo mine > README.md", "");

    workspace.delete(WorkspacePath.parse("README.md"));

    assertThat(apply("README.md")).containsExactly("Conflict README.md");
    assertThat(root.resolve("README.md")).doesNotExist();
  }

  @Test
  void listsEveryFileOfAReplacedDirectory() throws Exception {
    write("lib/a/one", "1");
    write("lib/a/two", "2");
    write("lib/.env", "top-secret");

    assertPrints("rm -r lib/a; mkdir lib/a; echo 3 > lib/a/three; echo 1 > lib/a/one", "");
    assertThat(changes())
        .containsExactly("CHANGED lib/a/one", "ADDED lib/a/three", "DELETED lib/a/two");

    assertPrints("rm -rf lib; echo file > lib", "");
    assertThat(changes()).containsExactly("ADDED lib", "DELETED lib/a/one", "DELETED lib/a/two");
  }

  @Test
  void bringsBackNoLinksAndNothingProtected() throws Exception {
    assertPrints(
        "ln -s /etc/passwd link; mkdir -p sub/.claude; echo x > sub/.claude/x; echo x > .env.new;"
            + " mkfifo fifo",
        "");

    assertThat(apply())
        .containsExactlyInAnyOrder(
            "Refused link", "Refused sub/.claude/x", "Refused .env.new", "Refused fifo");
    assertThat(root.resolve("link")).doesNotExist();
    assertThat(root.resolve("sub")).doesNotExist();
  }

  @Test
  void putsAndGetsFiles() throws Exception {
    byte[] content = {0, 1, (byte) 0xFF, '\n'};

    sandboxes.put(SESSION, SANDBOX, "data/a b.bin", content);

    assertThat(sandboxes.get(SESSION, SANDBOX, "/workspace/data/a b.bin")).isEqualTo(content);
    assertThat(changes()).containsExactly("ADDED data/a b.bin");
    assertThatThrownBy(() -> sandboxes.get(SESSION, SANDBOX, "missing"))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("No such file");
  }

  @Test
  void runsProcessesInTheBackgroundUntilTheyAreKilled() throws Exception {
    ProcessInfo started =
        sandboxes.start(
            ExecRequest.of(
                SESSION,
                "bash",
                "echo ready; (setsid sleep 4323 &); until [ -f go ]; do sleep"
                    + " 0.1; done; echo went; sleep 4323"));
    assertThat(started.end()).isEmpty();
    await().until(() -> text(started, 0).equals("ready\n"));

    assertPrints("touch go", "");

    await().until(() -> text(started, 6).equals("went\n"));
    assertThat(sandboxes.kill(SESSION, started.id()).end()).contains(new ExecEnd.Status(137));
    await().atMost(Duration.ofSeconds(5)).until(() -> !isRunningOnHost("4323"));
    assertThatThrownBy(() -> sandboxes.kill(SESSION, "p99"))
        .hasMessageContaining("there are: " + started.id());
  }

  /// A process that is just being started has no environment yet, and must not be taken for one
  /// that an ended command left behind.
  @Test
  void leavesProcessesOfOtherCommandsAlone() throws Exception {
    ProcessInfo busy =
        sandboxes.start(
            ExecRequest.of(
                SESSION,
                "bash",
                "until [ -f stop ]; do /bin/true || echo killed $?; (/bin/true &); done; echo"
                    + " end"));
    for (int i = 0; i < 15; i++) {
      assertPrints("true", "");
    }

    assertPrints("touch stop", "");

    await().until(() -> text(busy, 0).endsWith("end\n"));
    assertThat(text(busy, 0)).isEqualTo("end\n");
  }

  private String text(ProcessInfo process, long cursor) throws Exception {
    return sandboxes.logs(SESSION, process.id(), cursor, 1 << 16).text();
  }

  @Test
  void keepsSandboxesOfOneSessionApart() throws Exception {
    sandboxes.create(SESSION, "second");
    assertPrints("echo x > mine; echo x > /tmp/mine", "");

    var request =
        new ExecRequest(
            SESSION, "second", "bash", "ls mine /tmp/mine 2>/dev/null", "", ExecLimits.DEFAULT);

    assertThat(printed(run(request))).isEmpty();
    assertThat(sandboxes.list(SESSION).stream().map(SandboxInfo::name).toList())
        .containsExactly("default", "second");
  }

  @Test
  void forgetsAStoppedSandbox() throws Exception {
    assertPrints("echo x > mine", "");

    sandboxes.stop(SESSION, SANDBOX);

    assertThat(sandboxes.list(SESSION)).isEmpty();
    assertPrints("ls mine 2>/dev/null; true", "");
  }

  @Test
  void tellsThatASandboxWasLostAndMakesANewOne() throws Exception {
    assertPrints("echo x > mine", "");

    killSandbox();

    await().until(() -> bash("true") instanceof ExecOutcome.Lost);
    assertPrints("ls mine 2>/dev/null; echo new", "new");
  }

  @Test
  void tellsThatACommandWasLostWithItsSandbox() throws Exception {
    ProcessInfo process = sandboxes.start(ExecRequest.of(SESSION, "bash", "echo on; sleep 4326"));
    await().until(() -> text(process, 0).equals("on\n"));

    killEverything();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !sandboxes.list(SESSION).getFirst().processes().getFirst().end().isEmpty());
    assertThat(sandboxes.list(SESSION).getFirst().processes().getFirst().end().orElseThrow())
        .isInstanceOf(ExecEnd.Lost.class);
  }

  /// Takes the sandbox away behind the dispatcher's back.
  abstract void killSandbox() throws Exception;

  /// Kills what the running command depends on outside of the sandbox.
  abstract void killEverything() throws Exception;

  @Test
  void goesOnAfterAPauseWhereItWas() throws Exception {
    assertPrints("true", "");
    Sandbox sandbox = sandboxes.made(SESSION, SANDBOX).orElseThrow();
    if (!sandbox.capabilities().contains(Capability.PAUSE)) {
      assertThatThrownBy(sandbox::pause).hasMessageContaining("cannot be paused");
      return;
    }
    ProcessInfo counting =
        sandboxes.start(
            ExecRequest.of(
                SESSION, "bash", "i=0; until [ -f stop ]; do i=$((i + 1)); echo $i; done"));

    for (int i = 0; i < 10; i++) {
      assertPrints("echo " + i + " >> log", "");
      sandbox.pause();
      sandbox.pause();
      await()
          .until(() -> {
            long before = printedBytes();
            Thread.sleep(100);
            return before == printedBytes();
          });
      long before = printedBytes();
      sandbox.resume();
      await().until(() -> printedBytes() > before);
    }
    sandbox.pause();

    assertPrints("touch stop; cat log | tr '\\n' ' '", "0 1 2 3 4 5 6 7 8 9");
    await().until(() -> sandboxes.kill(SESSION, counting.id()).end().isPresent());
    long expected = 1;
    long cursor = 0;
    String rest = "";
    while (cursor < printedBytes()) {
      LogChunk chunk = sandboxes.logs(SESSION, counting.id(), cursor, 1 << 20);
      String text = rest + chunk.text();
      rest = text.substring(text.lastIndexOf('\n') + 1);
      for (String line : text.substring(0, text.length() - rest.length()).lines().toList()) {
        assertThat(line).isEqualTo(Long.toString(expected));
        expected++;
      }
      cursor = chunk.next();
    }
  }

  private long printedBytes() throws InterruptedException {
    return sandboxes.list(SESSION).getFirst().processes().getFirst().printedBytes();
  }

  @Test
  void isFrozenWhileNobodyUsesIt() throws Exception {
    assertPrints("true", "");
    Sandbox sandbox = sandboxes.made(SESSION, SANDBOX).orElseThrow();
    if (!sandbox.capabilities().contains(Capability.SLEEP)) {
      sandboxes.sleepAfter(Duration.ZERO);
      assertThat(frozen()).isZero();
      return;
    }
    ProcessInfo busy = sandboxes.start(ExecRequest.of(SESSION, "bash", "sleep 4327"));

    sandboxes.sleepAfter(Duration.ZERO);
    assertThat(frozen()).as("with a process in the background").isZero();
    sandboxes.kill(SESSION, busy.id());
    sandboxes.sleepAfter(Duration.ofDays(1));
    assertThat(frozen()).as("just used").isZero();
    await()
        .until(() -> {
          sandboxes.sleepAfter(Duration.ZERO);
          return frozen() == 1;
        });

    assertPrints("echo awake", "awake");
    assertThat(frozen()).isZero();
    sandboxes.sleepAfter(Duration.ZERO);
    sandboxes.put(SESSION, SANDBOX, "put", bytes("while asleep"));
    sandboxes.sleepAfter(Duration.ZERO);
    assertThat(changes()).containsExactly("ADDED put");
  }

  /// How many control groups of this machine are frozen.
  private static long frozen() throws IOException {
    try (var files =
        Files.find(
            Path.of("/sys/fs/cgroup"),
            8,
            (file, _) ->
                file.endsWith("freezer.self_freezing") || file.endsWith("cgroup.freeze"))) {
      return files.filter(SandboxContract::isOne).count();
    }
  }

  private static boolean isOne(Path file) {
    try {
      return Files.readString(file).strip().equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void takesSandboxesThatAreReady() throws Exception {
    var template = SandboxTemplate.DEFAULT.withPool(1);
    try (Sandboxes pooled =
        Sandboxes.open(workspace, directory.resolve("state"), List.of(backend()), template)) {
      assertThat(pooled.ready()).isZero();
      pooled.execute(ExecRequest.of("one", "bash", "echo one > one"), _ -> {});
      await().until(() -> pooled.ready() == 1);
      write("later", "new\n");
      write(".env.later", "top-secret\n");

      ExecOutcome outcome =
          pooled.execute(ExecRequest.of("two", "bash", "cat later; ls -A"), _ -> {}).outcome();

      assertThat(printed(outcome)).startsWith("new\n").contains("README.md");
      assertThat(printed(outcome)).doesNotContain("one\n");
      assertThat(
              printed(
                  pooled.execute(ExecRequest.of("two", "bash", "cat .env*"), _ -> {}).outcome()))
          .doesNotContain("top-secret");
      await().until(() -> pooled.ready() == 1);
    }
  }

  @Test
  void forksItsFiles() throws Exception {
    assertPrints("echo one > README.md; rm src/Main.java; echo t > /tmp/t; echo h > ~/h", "");
    Sandbox source = sandboxes.made(SESSION, SANDBOX).orElseThrow();
    if (!source.capabilities().contains(Capability.FORK)) {
      assertThatThrownBy(() -> sandboxes.fork(SESSION, SANDBOX, "twin"))
          .hasMessageContaining("cannot be forked");
      assertThat(sandboxes.list(SESSION)).hasSize(1);
      return;
    }

    sandboxes.fork(SESSION, SANDBOX, "twin");

    assertThat(
            twin("cat README.md /tmp/t ~/h | tr '\\n' ' '; ls src; echo two > README.md; sleep 1"))
        .isEqualTo("one t h ");
    assertPrints("cat README.md", "one");
    assertThat(sandboxes.diff(SESSION, "twin"))
        .extracting(change -> change.kind() + " " + change.path())
        .containsExactly("CHANGED README.md", "DELETED src/Main.java");
    workspace.write(WorkspacePath.parse("README.md"), bytes("theirs\n"));
    assertThat(sandboxes.apply(SESSION, "twin", List.of(), ChangeTarget.of(workspace)))
        .extracting(outcome -> outcome.getClass().getSimpleName() + " " + outcome.path())
        .containsExactly("Applied src/Main.java", "Conflict README.md");
  }

  @Test
  void keepsSnapshots() throws Exception {
    assertPrints("echo one > README.md; rm src/Main.java; echo t > /tmp/t", "");
    Sandbox source = sandboxes.made(SESSION, SANDBOX).orElseThrow();
    if (!source.capabilities().contains(Capability.FORK)) {
      assertThatThrownBy(() -> sandboxes.snapshot(SESSION, SANDBOX, "kept"))
          .hasMessageContaining("cannot be");
      assertThat(sandboxes.snapshots()).isEmpty();
      return;
    }

    sandboxes.snapshot(SESSION, SANDBOX, "kept");
    assertPrints("echo two > README.md; rm /tmp/t", "");
    sandboxes.stop(SESSION, SANDBOX);
    sandboxes.restore("another", "twin", "kept");

    ExecOutcome outcome =
        run(
            new ExecRequest(
                "another", "twin", "bash", "cat README.md /tmp/t; ls src", "", ExecLimits.DEFAULT));
    assertThat(printed(outcome)).isEqualTo("one\nt\n");
    assertThat(sandboxes.diff("another", "twin"))
        .extracting(change -> change.kind() + " " + change.path())
        .containsExactly("CHANGED README.md", "DELETED src/Main.java");
    assertThat(sandboxes.apply("another", "twin", List.of(), ChangeTarget.of(workspace)))
        .extracting(applied -> applied.getClass().getSimpleName() + " " + applied.path())
        .containsExactlyInAnyOrder("Applied README.md", "Applied src/Main.java");
    assertThat(sandboxes.snapshots()).containsExactly("kept");
    sandboxes.discard("kept");
    assertThatThrownBy(() -> sandboxes.restore(SESSION, "x", "kept"))
        .hasMessage("There is no snapshot 'kept'; there are none.");
    assertThatThrownBy(() -> sandboxes.snapshot(SESSION, SANDBOX, "../x"))
        .hasMessageContaining("needs a name");
  }

  private String twin(String input) throws Exception {
    return printed(run(new ExecRequest(SESSION, "twin", "bash", input, "", ExecLimits.DEFAULT)));
  }

  @Test
  void countsWhatASandboxUses() throws Exception {
    assertPrints("true", "");
    Sandbox sandbox = sandboxes.made(SESSION, SANDBOX).orElseThrow();
    if (sandbox.usage().isEmpty()) {
      assertThat(sandbox.capabilities()).doesNotContain(Capability.PAUSE);
      return;
    }
    Duration before = sandbox.usage().orElseThrow().processorTime();

    assertPrints("sleep 1", "");
    Duration slept = sandbox.usage().orElseThrow().processorTime();
    assertPrints("timeout 1 sh -c 'while :; do :; done'; true", "");
    Duration worked = sandbox.usage().orElseThrow().processorTime();

    assertThat(worked.minus(slept)).isGreaterThan(slept.minus(before).multipliedBy(2));
    assertThat(sandbox.usage().orElseThrow().memoryBytes()).isPositive();
  }

  @Test
  void runsCommandsSideBySide() throws Exception {
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> printed(bash("echo " + i + " | tee out" + i))))
              .toList();
      for (int i = 0; i < 8; i++) {
        assertThat(results.get(i).get()).isEqualTo(i + "\n");
      }
    }
    assertThat(changes()).hasSize(8);
  }

  @Test
  void killsACommandWhoseCallerIsInterrupted() throws Exception {
    assertPrints("true", "");
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bash("sleep 4324");
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await().until(() -> isRunningOnHost("4324"));

    caller.interrupt();

    await().atMost(Duration.ofSeconds(5)).until(() -> !isRunningOnHost("4324"));
    caller.join(Duration.ofSeconds(5));
  }

  @Test
  void leavesNothingBehindWhenTheServerIsKilled() throws Exception {
    Path state = directory.resolve("state");
    List<Path> before = entries(state);
    Process owner =
        OtherProcess.java(
                List.of(),
                OtherProcess.classPath(),
                Owner.class,
                backend().name(),
                root.toString(),
                state.toString(),
                "4325",
                "1")
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(owner.inputReader().readLine()).isEqualTo("started p1");
    await().until(() -> isRunningOnHost("4325"));
    assertThat(entries(state)).hasSizeGreaterThan(before.size());

    owner.destroyForcibly().waitFor();

    sandboxes.sweep();
    await().atMost(Duration.ofSeconds(5)).until(() -> !isRunningOnHost("4325"));
    assertThat(entries(state)).containsExactlyInAnyOrderElementsOf(before);
    assertNothingLeft();
  }

  /// Fails if the engine still has anything of a server that died.
  abstract void assertNothingLeft() throws Exception;

  private static List<Path> entries(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
