package dev.homeport.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkspaceLinksTest {
  @TempDir Path temporary;
  Path root;
  Path outside;
  Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("root"));
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "s");
    workspace = Workspace.open(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"out/secret", "file", "out/new/file", "dangling", "loop", "loop/a", "up/a"})
  void refusesLinksAnywhereInThePath(String name) throws IOException {
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("none"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("../outside"));
    WorkspacePath path = workspace.path(name);

    for (Attempt attempt :
        List.<Attempt>of(
            () -> workspace.read(path, 10),
            () -> workspace.write(path, new byte[0]),
            () -> workspace.openForAppend(path),
            () -> workspace.createDirectory(path))) {
      var refusal = catchThrowableOfType(WorkspaceException.class, attempt::run);
      assertThat(refusal.kind()).isEqualTo(Kind.LINK_REFUSED);
      assertThat(refusal).hasMessageNotContaining(temporary.toString());
    }
    assertThat(outside.resolve("secret")).hasContent("s");
    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(outside.resolve("none")).doesNotExist();
  }

  interface Attempt {
    void run() throws IOException;
  }

  @Test
  void deletesAndMovesLinksThemselves() throws IOException {
    Files.createSymbolicLink(root.resolve("out"), outside);

    workspace.move(workspace.path("out"), workspace.path("d/out"));
    workspace.delete(workspace.path("d"));

    assertThat(root.resolve("d")).doesNotExist();
    assertThat(outside.resolve("secret")).hasContent("s");
  }

  @Test
  void resolvesARootThatIsALink() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
    var linked = Workspace.open(link);

    linked.write(linked.path("a"), "x".getBytes(UTF_8));

    assertThat(root.resolve("a")).hasContent("x");
    assertThat(linked.root()).isEqualTo(root.toRealPath());
  }

  @Test
  void doesNotLockThroughALink() throws IOException {
    Files.createSymbolicLink(root.resolve(".homeport"), outside);

    assertThatThrownBy(() -> workspace.lock(List.of(workspace.path("a"))))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining(".homeport is a symbolic link");
    assertThat(outside).isDirectoryNotContaining(file -> file.endsWith("lock"));
  }

  @Test
  void refusesPipesWithoutHanging() throws Exception {
    var made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();
    WorkspacePath pipe = workspace.path("pipe");

    for (Attempt attempt :
        List.<Attempt>of(
            () -> workspace.read(pipe, 10),
            () -> workspace.write(pipe, new byte[0]),
            () -> workspace.openForAppend(pipe),
            () -> workspace.list(pipe),
            () -> workspace.write(pipe.child("a"), new byte[0]))) {
      assertThatThrownBy(attempt::run).isInstanceOf(WorkspaceException.class);
    }
    assertThat(workspace.stat(pipe).orElseThrow().kind()).isEqualTo(FileInfo.Kind.SPECIAL);
  }

  /// Flips a directory and a link to the outside under a stream of operations.
  @Test
  void isNotLedOutByAComponentThatBecomesALink() throws Exception {
    Files.createDirectories(root.resolve("flip/sub"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createDirectory(outside.resolve("sub"));
    Files.writeString(outside.resolve("sub/file"), "outside");
    var isDone = new AtomicBoolean();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var flipping = threads.submit(() -> flip(isDone));
      long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      try {
        for (int i = 0; i < 3_000 || System.nanoTime() < end; i++) {
          attempt(i);
        }
      } finally {
        isDone.set(true);
      }

      assertThat(flipping.get()).isGreaterThan(100);
    }
    assertThat(outside.resolve("sub/file")).hasContent("outside");
    try (var files = Files.walk(outside)) {
      assertThat(files.map(file -> outside.relativize(file).toString()))
          .containsExactlyInAnyOrder("", "secret", "sub", "sub/file");
    }
  }

  private int flip(AtomicBoolean isDone) throws IOException {
    int flips = 0;
    while (!isDone.get()) {
      put("flip", "real" + flips);
      put("link", "flip");
      put("flip", "link");
      put("real" + flips, "flip");
      flips++;
    }
    return flips;
  }

  /// Moves, after moving away what a writer has made at the target meanwhile.
  private void put(String from, String to) throws IOException {
    while (true) {
      try {
        Files.move(root.resolve(from), root.resolve(to));
        return;
      } catch (FileSystemException e) {
        Files.move(root.resolve(to), root.resolve(to + "-gone-" + System.nanoTime()));
      }
    }
  }

  private void attempt(int number) throws IOException {
    WorkspacePath path = workspace.path("flip/sub/file");
    try {
      switch (number % 5) {
        case 0 -> workspace.write(path, "inside".getBytes(UTF_8));
        case 1 -> assertThat(workspace.read(path, 100)).asString(UTF_8).isIn("", "inside");
        case 2 -> workspace.openForAppend(path).close();
        case 3 -> workspace.move(path, workspace.path("flip/sub/moved" + number));
        default -> workspace.delete(workspace.path("flip/sub/moved" + (number - 1)));
      }
    } catch (WorkspaceException e) {
      assertThat(e).hasMessageNotContaining(temporary.toString());
    }
  }
}
