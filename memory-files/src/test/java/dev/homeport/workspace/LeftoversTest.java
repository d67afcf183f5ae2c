package dev.homeport.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversTest {
  private static final String OURS = ".homeport-tmp-%08xfffffff0".formatted(ProcessLocks.MARK);
  private static final String DEAD = ".homeport-tmp-%08x00000001".formatted(ProcessLocks.MARK + 1);

  @TempDir Path root;

  private Path leftover(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "torn");
  }

  @Test
  void removesThoseOfTheDeadWhenItFirstWritesBesideThem() throws IOException {
    Path dead = leftover("d/" + DEAD);
    Path ours = leftover("d/" + OURS);
    Path users = leftover("d/.homeport-tmp-mine");
    Path notHex = leftover("d/.homeport-tmp-0123456789abcdex");
    Path elsewhere = leftover("e/" + DEAD);
    var workspace = Workspace.open(root);

    workspace.write(workspace.path("d/file"), new byte[0]);

    assertThat(dead).doesNotExist();
    assertThat(List.of(ours, users, notHex, elsewhere))
        .allSatisfy(file -> assertThat(file).exists());
    assertThat(workspace.list(workspace.path("d")))
        .extracting(info -> info.path().name())
        .containsExactly(".homeport-tmp-mine", "file");
  }

  @Test
  void removesUnfinishedDirectoriesFromTheRoot() throws IOException {
    Path dead = Files.createDirectory(root.resolve(DEAD));
    var workspace = Workspace.open(root);

    workspace.write(workspace.path("new/file"), new byte[0]);

    assertThat(dead).doesNotExist();
  }

  @Test
  void sparesAProcessThatLivesAndNoLonger() throws Exception {
    Process child = ChildJvm.start(WorkspaceChild.class, "mark", root.toString(), "d/held");
    String temporary = child.inputReader().readLine();
    var workspace = Workspace.open(root);

    workspace.write(workspace.path("d/file"), new byte[0]);
    assertThat(root.resolve("d").resolve(temporary)).exists();
    assertThat(root.resolve(".homeport").resolve(temporary)).exists();

    child.destroyForcibly().waitFor();
    workspace.removeLeftovers();
    assertThat(root.resolve(".homeport").resolve(temporary)).doesNotExist();
    var later = Workspace.open(root);
    later.write(later.path("d/file"), new byte[0]);
    assertThat(root.resolve("d").resolve(temporary)).doesNotExist();
  }

  @Test
  void sweepsWhatIsHomeportsAndFollowsNoLink(@TempDir Path elsewhere) throws IOException {
    List<Path> dead =
        List.of(
            leftover(DEAD),
            leftover(".homeport/" + DEAD),
            leftover(".homeport/memory/deep/er/" + DEAD),
            leftover(".homeport/sessions/s1/" + DEAD));
    Path ours = leftover(".homeport/memory/" + OURS);
    Path users = leftover("src/" + DEAD);
    Path outside = Files.writeString(elsewhere.resolve(DEAD), "torn");
    Files.createSymbolicLink(root.resolve(".homeport/results"), elsewhere);

    Workspace.open(root).removeLeftovers();

    assertThat(dead).allSatisfy(file -> assertThat(file).doesNotExist());
    assertThat(List.of(ours, users, outside)).allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void sweepsAllOfAPrivateWorkspaceAndMakesNothing() throws IOException {
    Path dead = leftover("topics/" + DEAD);
    Workspace.openPrivate(root, Durability.FULL).removeLeftovers();
    assertThat(dead).doesNotExist();

    Path empty = Files.createDirectory(root.resolve("empty"));
    Workspace.open(empty).removeLeftovers();
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aWriteWhoseFileIsTakenAwayIsDoneAgain() throws Exception {
    var workspace = Workspace.open(root);
    Thread taker =
        Thread.ofPlatform()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                if (takesAway()) {
                  LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                }
              }
            });
    try {
      for (int i = 0; i < 200; i++) {
        workspace.write(workspace.path("file"), new byte[] {(byte) i});
        assertThat(root.resolve("file")).hasBinaryContent(new byte[] {(byte) i});
      }
    } finally {
      taker.interrupt();
      taker.join();
    }
  }

  /// Deletes one of our unfinished writes, as a process would that takes us for dead.
  private boolean takesAway() {
    String[] names = root.toFile().list((_, name) -> SecureDirectory.isTemporary(name));
    return names != null && names.length > 0 && root.resolve(names[0]).toFile().delete();
  }
}
