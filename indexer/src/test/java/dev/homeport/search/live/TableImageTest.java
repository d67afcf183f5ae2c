package dev.homeport.search.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.search.tree.IgnoreTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableImageTest {
  @TempDir Path directory;
  private Path root;
  private Path file;

  @BeforeEach
  void keepTree() throws Exception {
    root = Files.createDirectories(directory.resolve("root"));
    file = directory.resolve("table");
    write("a.txt", "a");
    write("src/b.txt", "b");
    write("ignoring/.gitignore", "*.o\n");
    write("ignoring/c.o", "c");
    Files.createDirectory(root.resolve(".git"));
    await().until(() -> !isHot(root) && !isHot(root.resolve("src")));
    try (LiveTree tree = LiveTree.onDemand(root)) {
      new TableImage(tree.snapshot().table(), 7, List.of("a.txt")).save(file, root);
    }
  }

  private void write(String path, String content) throws IOException {
    Path target = root.resolve(path);
    Files.createDirectories(target.getParent());
    Files.writeString(target, content);
  }

  private static boolean isHot(Path path) throws IOException {
    try (var calls = Syscalls.borrow()) {
      Stat stat = calls.statFollowing(path.toString().getBytes(UTF_8));
      return Stat.isHot(Objects.requireNonNull(stat).changed(), Stat.now());
    }
  }

  private FileTable begin(LiveTree tree) throws Exception {
    return tree.snapshot().table();
  }

  private Folder folder(FileTable table, String path) {
    return Objects.requireNonNull(table.folder(path));
  }

  @Test
  void holdsAllThatATableDoes() throws Exception {
    TableImage image = TableImage.read(file, root).orElseThrow();
    FileTable table = image.table();

    assertThat(image.index()).isEqualTo(7);
    assertThat(image.missing()).containsExactly("a.txt");
    assertThat(table.file("src/b.txt").orElseThrow().bytes()).isEqualTo(1);
    assertThat(folder(table, "ignoring/").facts.texts())
        .isEqualTo(IgnoreTexts.decode(folder(table, "ignoring/").facts.texts().encoded()))
        .isNotEqualTo(IgnoreTexts.NONE);
    assertThat(table.repositories()).containsExactly("");
  }

  @Test
  void isUsedForDirectoriesInWhichNothingCameOrWent() throws Exception {
    Optional<TableImage> image = TableImage.read(file, root);
    FileTable earlier = image.orElseThrow().table();
    write("src/b.txt", "changed");

    try (LiveTree tree = LiveTree.of(root, file).orElseThrow()) {
      FileTable table = begin(tree);

      assertThat(table.file("src/b.txt").orElseThrow().bytes()).isEqualTo(7);
      assertThat(folder(table, "src/").facts.changed())
          .isEqualTo(folder(earlier, "src/").facts.changed())
          .isNotEqualTo(Folder.Facts.UNCERTAIN);
      assertThat(table.changedSince(earlier)).containsExactly("src/b.txt");
    }
  }

  @Test
  void isComparedWithWhatCameAndWent() throws Exception {
    write("src/new.txt", "n");
    Files.delete(root.resolve("a.txt"));
    write("ignoring/.gitignore", "*.x\n");

    try (LiveTree tree = LiveTree.of(root, file).orElseThrow()) {
      FileTable table = begin(tree);

      assertThat(table.file("src/new.txt")).isPresent();
      assertThat(table.file("a.txt")).isEmpty();
      Folder ignoring = folder(table, "ignoring/");
      assertThat(ignoring.flags[ignoring.find("c.o")] & Folder.VERDICT).isZero();
    }
  }

  @Test
  void isNoImageOfAnotherTree() throws Exception {
    assertThat(TableImage.read(file, directory)).isEmpty();
    assertThat(TableImage.read(directory.resolve("none"), root)).isEmpty();
  }

  @Test
  void isNotReadWhereABitIsWrong() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int at : List.of(0, 20, whole.length / 2, whole.length - 1)) {
      byte[] torn = whole.clone();
      torn[at] ^= 1;
      Files.write(file, torn);

      assertThat(TableImage.read(file, root)).as("byte %d", at).isEmpty();
    }
    Files.write(file, whole);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole.length / 2);
    }
    assertThat(TableImage.read(file, root)).isEmpty();
  }
}
