package dev.homeport.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path temporary;
  Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(temporary.resolve("root"));
    workspace = Workspace.open(temporary.resolve("root"));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    WorkspacePath path = workspace.path("a/b/ü.txt");

    workspace.write(path, "one\r\n".getBytes(UTF_8));
    workspace.write(path, "two".getBytes(UTF_8));

    assertThat(workspace.read(path, 100)).asString(UTF_8).isEqualTo("two");
    assertThat(workspace.list(path.parent())).extracting(FileInfo::path).containsExactly(path);
  }

  @Test
  void keepsPermissionsAndMakesItsOwnFilesPrivate() throws IOException {
    Path script = temporary.resolve("root/run.sh");
    Files.writeString(script, "x");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));

    workspace.write(workspace.path("run.sh"), "y".getBytes(UTF_8));
    workspace.write(workspace.path(".homeport/memory/a.md"), "z".getBytes(UTF_8));

    assertThat(permissions("root/run.sh")).isEqualTo("rwxr-x---");
    assertThat(permissions("root/.homeport/memory/a.md")).isEqualTo("rw-------");
    assertThat(permissions("root/.homeport/memory")).isEqualTo("rwx------");
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve(path)));
  }

  @Test
  void takesAbsolutePathsBelowTheRootButNotPrefixSiblings() throws IOException {
    assertThat(workspace.path(workspace.root() + "/a/b")).hasToString("a/b");
    assertThat(workspace.path("./a/")).hasToString("a");
    assertThatThrownBy(() -> workspace.path(workspace.root() + "-evil/a"))
        .isInstanceOf(WorkspaceException.class);
  }

  @Test
  void serialisesReadModifyWriteAcrossThreads() throws Exception {
    WorkspacePath counter = workspace.path("counter");
    workspace.write(counter, "0".getBytes(UTF_8));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done :
          threads.invokeAll(
              Collections.nCopies(200, () -> WorkspaceChild.increment(workspace, counter)))) {
        done.get();
      }
    }

    assertThat(workspace.read(counter, 100)).asString(UTF_8).isEqualTo("200");
  }

  @Test
  void movesOnlyToFreePaths() throws IOException {
    workspace.write(workspace.path("a"), "a".getBytes(UTF_8));
    workspace.write(workspace.path("b"), "b".getBytes(UTF_8));

    workspace.move(workspace.path("a"), workspace.path("d/c"));

    assertThat(workspace.stat(workspace.path("a"))).isEmpty();
    assertThatThrownBy(() -> workspace.move(workspace.path("b"), workspace.path("d/c")))
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ALREADY_EXISTS));
  }

  @Test
  void refusesToMoveADirectoryIntoItself() throws IOException {
    workspace.createDirectory(workspace.path("a"));

    assertThatThrownBy(() -> workspace.move(workspace.path("a"), workspace.path("a/b/c")))
        .isInstanceOf(WorkspaceException.class)
        .hasMessage("a/b/c lies inside a.");
  }

  @Test
  void deletesDirectoriesWithAllBelowThem() throws IOException {
    workspace.write(workspace.path("d/e/f"), new byte[1]);
    workspace.write(workspace.path("d/g"), new byte[1]);

    workspace.delete(workspace.path("d"));

    assertThat(temporary.resolve("root/d")).doesNotExist();
  }

  @Test
  void refusesTheRootAndItsLockFile() throws Exception {
    workspace.lock(List.of(WorkspacePath.ROOT)).close();

    for (String path : List.of(".", ".homeport", ".homeport/lock")) {
      assertThatThrownBy(() -> workspace.delete(workspace.path(path)))
          .isInstanceOf(WorkspaceException.class);
      assertThatThrownBy(() -> workspace.openForRead(workspace.path(path)))
          .isInstanceOf(WorkspaceException.class);
    }
  }

  @Test
  void letsManyFirstWritersOfADirectorySucceed() throws Exception {
    for (int round = 0; round < 20; round++) {
      String directory = "new/" + round + "/deep/";
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var writes = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 16; i++) {
          WorkspacePath path = workspace.path(directory + i);
          writes.add(() -> {
            workspace.write(path, new byte[1]);
            return null;
          });
        }
        for (var done : threads.invokeAll(writes)) {
          done.get();
        }
      }
      assertThat(workspace.list(workspace.path(directory))).hasSize(16);
    }
  }

  @Test
  void neverShowsAReaderHalfAFile() throws Exception {
    WorkspacePath path = workspace.path("f");
    byte[] content = new byte[20_000];
    workspace.write(path, content);
    var isDone = new AtomicBoolean();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shortest =
          threads.submit(() -> {
            int least = content.length;
            while (!isDone.get()) {
              least = Math.min(least, workspace.read(path, 100_000).length);
            }
            return least;
          });
      try {
        for (int i = 0; i < 2_000; i++) {
          workspace.write(path, content);
        }
      } finally {
        isDone.set(true);
      }

      assertThat(shortest.get()).isEqualTo(content.length);
    }
  }

  @Test
  void appendsAtTheEnd() throws IOException {
    for (String text : List.of("one", "two")) {
      try (var channel = workspace.openForAppend(workspace.path("log/a"))) {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      }
    }

    assertThat(temporary.resolve("root/log/a")).hasContent("onetwo");
  }

  @Test
  void refusesFilesThatAreTooLarge() throws IOException {
    workspace.write(workspace.path("f"), new byte[11]);

    assertThatThrownBy(() -> workspace.read(workspace.path("f"), 10))
        .isInstanceOf(WorkspaceException.class)
        .hasMessage("f has 11 bytes, but at most 10 can be taken at once.");
  }

  @Test
  void saysWhatIsWrongWithARoot() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> Workspace.open(file)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> Workspace.open(temporary.resolve("none")))
        .hasMessageContaining("does not exist");
  }

  @Test
  void sharesOneDescriptorAmongAllWorkspacesOfADirectory() throws IOException {
    Path root = workspace.root();
    var all = new ArrayList<Workspace>();
    long before = descriptors();

    for (int i = 0; i < 100; i++) {
      var another = Workspace.open(root);
      another.list(WorkspacePath.ROOT);
      all.add(another);
    }

    assertThat(descriptors() - before).isLessThan(20);
    assertThat(all).hasSize(100);
  }

  @Test
  void closesARootThatWasReplaced() throws IOException {
    Path root = workspace.root();
    workspace.write(workspace.path("a"), new byte[0]);
    long before = descriptors();

    for (int i = 0; i < 100; i++) {
      Files.move(root, temporary.resolve("old" + i));
      Files.createDirectory(root);
      workspace.write(workspace.path("a"), new byte[] {(byte) i});
    }

    assertThat(descriptors() - before).isLessThan(20);
    assertThat(workspace.read(workspace.path("a"), 1)).containsExactly(99);
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void keepsEverythingOfAPrivateWorkspacePrivate() throws IOException {
    var own = Workspace.openPrivate(temporary.resolve("home/memory"), Durability.FULL);

    own.write(own.path("a/b"), new byte[0]);

    assertThat(permissions("home/memory")).isEqualTo("rwx------");
    assertThat(permissions("home/memory/a")).isEqualTo("rwx------");
    assertThat(permissions("home/memory/a/b")).isEqualTo("rw-------");
  }
}
