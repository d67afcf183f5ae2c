package dev.homeport.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessLocksTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path temporary;
  Workspace workspace;
  ProcessLocks locks;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(temporary);
    locks = ProcessLocks.on(workspace.root().resolve(".homeport/lock"));
  }

  @Test
  void letsAThreadEnterAgainAndFreesOnTheLastClose() throws Exception {
    var outer = locks.acquire(List.of("a", "b"), SHORT);
    locks.acquire(List.of("b"), SHORT).close();

    assertThat(isFree("b")).isFalse();
    outer.close();
    outer.close();
    assertThat(isFree("a")).isTrue();
    assertThat(isFree("b")).isTrue();
  }

  private boolean isFree(String name) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads
          .submit(() -> {
            try (var _ = locks.acquire(List.of(name), SHORT)) {
              return true;
            } catch (WorkspaceException e) {
              assertThat(e.kind()).isEqualTo(Kind.BUSY);
              return false;
            }
          })
          .get();
    }
  }

  @Test
  void holdsNothingAfterAnInterrupt() throws Exception {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> locks.acquire(List.of("a"), SHORT))
        .isInstanceOf(InterruptedException.class);
    assertThat(isFree("a")).isTrue();
  }

  @Test
  void excludesAllOthersIfAskedTo() throws Exception {
    try (var _ = locks.acquireAll(SHORT);
        var _ = locks.acquire(List.of("a"), SHORT)) {
      assertThat(isFree("a")).isFalse();
      assertThat(isFree("b")).isFalse();
    }
    assertThat(isFree("b")).isTrue();

    try (var _ = locks.acquire(List.of("a"), SHORT)) {
      assertThatThrownBy(() -> locks.acquireAll(SHORT)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void excludesOtherProcessesUntilTheyDie() throws Exception {
    Process child = ChildJvm.start(WorkspaceChild.class, "hold", temporary.toString(), "a");
    var output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
    assertThat(output.readLine()).isEqualTo("held");

    assertThat(isFree("a")).isFalse();
    assertThat(isFree("b")).isTrue();
    assertThatThrownBy(() -> locks.acquireAll(SHORT)).isInstanceOf(WorkspaceException.class);
    child.destroyForcibly().waitFor();
    assertThat(isFree("a")).isTrue();
  }

  @Test
  void losesNoUpdateBetweenProcessesAndStarvesNone() throws Exception {
    WorkspacePath counter = workspace.path("counter");
    workspace.write(counter, "0".getBytes(UTF_8));
    String[] arguments = {"increment", temporary.toString(), "counter", "200"};

    Process first = ChildJvm.start(WorkspaceChild.class, arguments);
    Process second = ChildJvm.start(WorkspaceChild.class, arguments);
    for (int i = 0; i < 200; i++) {
      WorkspaceChild.increment(workspace, counter);
    }
    ChildJvm.output(first);
    ChildJvm.output(second);

    assertThat(workspace.read(counter, 100)).asString(UTF_8).isEqualTo("600");
  }

  @Test
  void locksTheFileThatStandsThereAfterSomebodyDeletedIt() throws Exception {
    locks.acquire(List.of("a"), SHORT).close();
    Files.delete(temporary.resolve(".homeport/lock"));
    Files.delete(temporary.resolve(".homeport"));

    locks.acquire(List.of("a"), SHORT).close();

    assertThat(temporary.resolve(".homeport/lock")).exists();
  }
}
