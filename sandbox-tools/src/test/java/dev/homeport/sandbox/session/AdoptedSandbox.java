package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxLimits;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers are killed in the middle of a command, and another one goes on.
abstract class AdoptedSandbox {
  private static final int LAST = 300_000;

  @TempDir Path directory;
  private Path work;
  private Path state;

  abstract String backend();

  @BeforeEach
  void makeDirectories() throws IOException {
    work = Files.createDirectory(directory.resolve("work"));
    Files.writeString(work.resolve("file"), "theirs\n");
    state = directory.resolve("state");
  }

  private void killAfter(long bytes) throws Exception {
    Process owner =
        OtherProcess.java(
                List.of(),
                OtherProcess.classPath(),
                ExecutingOwner.class,
                backend(),
                work.toString(),
                state.toString(),
                Long.toString(bytes))
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(owner.inputReader().readLine()).isEqualTo("printed");
    owner.destroyForcibly().waitFor();
  }

  private Sandboxes open(SandboxTemplate template) throws IOException {
    return Sandboxes.open(Workspace.open(work), state, List.of(Owner.backend(backend())), template);
  }

  private static String logs(Sandboxes sandboxes, String process) throws Exception {
    var text = new StringBuilder();
    LogChunk chunk = sandboxes.logs("s", process, 0, 1 << 20);
    while (!chunk.text().isEmpty()) {
      assertThat(chunk.skippedBytes()).isZero();
      text.append(chunk.text());
      chunk = sandboxes.logs("s", process, chunk.next(), 1 << 20);
    }
    return text.toString();
  }

  @Test
  void losesNoByteWhenServersAreKilledInTheMiddle() throws Exception {
    killAfter(40_000);
    killAfter(600_000);

    try (Sandboxes sandboxes = open(SandboxTemplate.DEFAULT)) {
      sandboxes.adopt();

      SandboxInfo adopted = sandboxes.list("s").getFirst();
      assertThat(adopted.name()).isEqualTo("default");
      assertThat(adopted.processes()).extracting(ProcessInfo::id).containsExactly("p1", "p2");
      assertThat(adopted.processes().getFirst().end()).contains(new ExecEnd.Status(5));
      assertThat(logs(sandboxes, "p1")).isEqualTo("early\n");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> sandboxes.list("s").getFirst().processes().getLast().end().isPresent());
      assertThat(sandboxes.list("s").getFirst().processes().getLast().end())
          .contains(new ExecEnd.Status(0));
      String expected =
          IntStream.range(0, LAST).mapToObj(i -> i + "\n").collect(Collectors.joining());
      assertThat(logs(sandboxes, "p2").equals(expected)).isTrue();
      assertThat(
              SandboxContract.printed(
                  sandboxes
                      .execute(ExecRequest.of("s", "bash", "cat file /tmp/file"), _ -> {})
                      .outcome()))
          .isEqualTo("kept\nkept\n");
      assertThat(
              sandboxes.apply(
                  "s",
                  "default",
                  List.of(WorkspacePath.parse("file")),
                  ChangeTarget.of(Workspace.open(work))))
          .hasOnlyElementsOfType(ApplyOutcome.Applied.class);
      sandboxes.sweep();
    }
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void isNotAdoptedByAServerThatWouldMakeItOtherwise() throws Exception {
    killAfter(1_000);
    var other =
        SandboxTemplate.DEFAULT.withLimits(new SandboxLimits(256 << 20, 100, 1 << 20, 1 << 20));

    try (Sandboxes sandboxes = open(other)) {
      sandboxes.adopt();

      assertThat(sandboxes.list("s")).isEmpty();
      sandboxes.sweep();
    }
    assertThat(state).isEmptyDirectory();
  }
}
