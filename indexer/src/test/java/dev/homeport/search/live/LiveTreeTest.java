package dev.homeport.search.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.search.live.Snapshot.Freshness;
import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTreeTest {
  @TempDir Path directory;
  private Path root;
  private LiveTree tree;

  @BeforeEach
  void makeTree() throws Exception {
    root = Files.createDirectories(directory.resolve("root"));
    write("a.txt", "a");
    write("src/b.txt", "b");
    tree = LiveTree.onDemand(root);
    tree.snapshot();
  }

  @AfterEach
  void closeTree() {
    tree.close();
  }

  @Test
  void givesTheSameTableWhileNothingChanges() throws Exception {
    Snapshot first = tree.snapshot();
    Snapshot second = tree.snapshot();

    assertThat(second.table()).isSameAs(first.table());
    assertThat(second.freshness()).isEqualTo(new Freshness.Events());
  }

  @Test
  void tellsWhichFilesChangedBetweenTwoTables() throws Exception {
    FileTable before = tree.snapshot().table();

    write("src/b.txt", "more");
    write("src/new/c.txt", "c");
    Files.delete(root.resolve("a.txt"));
    FileTable after = tree.snapshot().table();

    assertThat(after.changedSince(before)).containsExactly("a.txt", "src/b.txt", "src/new/c.txt");
    assertThat(after.generation()).isGreaterThan(before.generation());
    assertThat(before.file("a.txt")).isPresent();
    assertThat(after.file("a.txt")).isEmpty();
    assertThat(bytes("src/b.txt")).hasValue(4L);
  }

  @Test
  void seesAChangeThatLeavesSizeAndTimesAsTheyWere() throws Exception {
    FileTime time = Files.getLastModifiedTime(root.resolve("a.txt"));
    FileTable before = tree.snapshot().table();

    write("a.txt", "z");
    Files.setLastModifiedTime(root.resolve("a.txt"), time);

    assertThat(tree.snapshot().table().changedSince(before)).containsExactly("a.txt");
  }

  @Test
  void keepsDoubtAboutAFileThatChangedJustBeforeItWasAskedFor() throws Exception {
    write("a.txt", "y");
    FileTable before = tree.snapshot().table();

    FileTable after = tree.fresh().table();

    assertThat(after.changedSince(before)).contains("a.txt");
  }

  @Test
  void sweepsWhenItIsAskedTo() throws Exception {
    assertThat(tree.fresh().freshness()).isEqualTo(new Freshness.Sweep("it was asked for"));
    assertThat(tree.snapshot().freshness()).isEqualTo(new Freshness.Events());
  }

  @Test
  void sweepsOnceAfterTheQueueRanOver() throws Exception {
    Files.createDirectories(root.resolve("many/deep"));
    tree.snapshot();
    for (int i = 0; i < 9_000; i++) {
      Files.createFile(root.resolve("many/f" + i));
      Files.createFile(root.resolve("many/deep/f" + i));
    }
    write("late/c.txt", "c");

    Snapshot lost = tree.snapshot();
    write("late/c.txt", "more");
    Snapshot after = tree.snapshot();

    assertThat(lost.freshness()).isEqualTo(new Freshness.Sweep("the queue of events ran over"));
    assertThat(lost.table().file("many/deep/f8999")).isPresent();
    assertThat(lost.table().file("late/c.txt")).isPresent();
    assertThat(after.freshness()).isEqualTo(new Freshness.Events());
    assertThat(after.table().file("late/c.txt").map(TreeFile::bytes)).hasValue(4L);
  }

  @Test
  void watchesADirectoryThatGotTheInodeOfADeletedOne() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.delete(root.resolve("src/b.txt"));
      Files.delete(root.resolve("src"));
      Files.createDirectory(root.resolve("src"));
      tree.fresh();

      write("src/b.txt", "b".repeat(i + 2));

      assertThat(bytes("src/b.txt")).hasValue(i + 2L);
    }
  }

  @Test
  void followsARootThatIsReplaced() throws Exception {
    Files.move(root, directory.resolve("old"));
    write("other.txt", "o");

    Snapshot replaced = tree.snapshot();
    write("other.txt", "more");

    assertThat(replaced.table().file("a.txt")).isEmpty();
    assertThat(replaced.table().file("other.txt")).isPresent();
    assertThat(bytes("other.txt")).hasValue(4L);
    assertThat(tree.snapshot().freshness()).isEqualTo(new Freshness.Events());
  }

  @Test
  void failsWhileTheRootIsGoneAndRecovers() throws Exception {
    Files.move(root, directory.resolve("old"));
    assertThatThrownBy(tree::snapshot).isInstanceOf(IOException.class);

    Files.move(directory.resolve("old"), root);
    write("a.txt", "back");

    assertThat(bytes("a.txt")).hasValue(4L);
  }

  @Test
  void obeysIgnoreFilesAboveTheRoot() throws Exception {
    Files.writeString(directory.resolve(".ignore"), "src/\n");
    Snapshot ignored = tree.snapshot();
    Files.delete(directory.resolve(".ignore"));
    Snapshot after = tree.snapshot();

    assertThat(ignored.table().file("src/b.txt")).isEmpty();
    assertThat(after.table().file("src/b.txt")).isPresent();
  }

  @Test
  void obeysAnIgnoreFileThatWasWrittenInPlaceAWhileBeforeTheQuestion() throws Exception {
    write("src/deep/c.txt", "c");
    write("src/.ignore", "none\n");
    letTimesSettle();
    tree.snapshot();
    FileTable before = tree.fresh().table();

    write("src/.ignore", "deep/\n");
    letTimesSettle();
    FileTable after = tree.snapshot().table();

    assertThat(before.file("src/deep/c.txt")).isPresent();
    assertThat(after.file("src/deep/c.txt")).isEmpty();
  }

  /// Waits until a further change would show in the times of what was changed before.
  private static void letTimesSettle() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(100);
  }

  @Test
  void seesAWriteThroughAnotherNameOfAFile() throws Exception {
    write("lib/c.txt", "c");
    tree.snapshot();
    Files.createLink(root.resolve("src/link.txt"), root.resolve("lib/c.txt"));
    tree.snapshot();

    write("src/link.txt", "through the link");

    assertThat(bytes("lib/c.txt")).hasValue(16L);
  }

  @Test
  void followsADirectoryThatMoves() throws Exception {
    for (int i = 0; i < 20; i++) {
      String from = i % 2 == 0 ? "src" : "dst/deep/src";
      String to = i % 2 == 0 ? "dst/deep/src" : "src";
      Files.createDirectories(root.resolve(to).getParent());
      Files.move(root.resolve(from), root.resolve(to));
      if (i % 3 == 0) {
        tree.snapshot();
      }
      write(to + "/b.txt", "b".repeat(i + 2));

      assertThat(bytes(to + "/b.txt")).hasValue(i + 2L);
      assertThat(bytes(from + "/b.txt")).isEmpty();
    }
  }

  @Test
  void sweepsForEachQuestionWhereDirectoriesCannotAllBeWatched() throws Exception {
    for (int i = 0; i < 20; i++) {
      write("d" + i + "/f.txt", "f");
    }
    try (var limited = LiveTree.onDemand(root, 10)) {
      limited.snapshot();
      write("d7/f.txt", "more");
      Snapshot now = limited.snapshot();

      assertThat(now.freshness())
          .isEqualTo(new Freshness.Sweep("more than 10 directories would have to be watched"));
      assertThat(now.table().file("d7/f.txt").map(TreeFile::bytes)).hasValue(4L);
    }
  }

  @Test
  void sweepsOnFileSystemsThatTellOfNoChanges() throws Exception {
    try (var kernel = LiveTree.onDemand(Path.of("/sys/kernel/mm"))) {
      kernel.snapshot();

      assertThat(kernel.snapshot().freshness())
          .isEqualTo(
              new Freshness.Sweep("a file system of type 0x62656572 does not tell of all changes"));
    }
  }

  @Test
  void letsQuestionsThatWaitShareOneAnswer() throws Exception {
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(i -> Thread.ofVirtual().start(() -> ask(i)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    for (int i = 0; i < 8; i++) {
      assertThat(bytes("t" + i + "/f.txt")).hasValue(200L);
    }
  }

  private void ask(int number) {
    try {
      for (int i = 1; i <= 200; i++) {
        write("t" + number + "/f.txt", "x".repeat(i));
        assertThat(bytes("t" + number + "/f.txt")).hasValue((long) i);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Long> bytes(String path) throws IOException, InterruptedException {
    return tree.snapshot().table().file(path).map(TreeFile::bytes);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }
}
