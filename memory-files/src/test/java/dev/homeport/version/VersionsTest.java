package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Author AGENT = new Author("ann", "s-1", "write_file", "to test");

  @TempDir Path root;
  private Workspace workspace;
  private VersionLog log;
  private Versions versions;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root, Durability.FULL);
    versions = Versions.open(workspace, () -> NOW, Retention.DEFAULT);
    log = new VersionLog(workspace, () -> NOW, Retention.DEFAULT);
  }

  private static WorkspacePath path(String text) throws IOException {
    return WorkspacePath.parse(text);
  }

  private void write(String path, @Nullable String old, String content) throws IOException {
    versions.write(
        path(path), old == null ? null : old.getBytes(UTF_8), content.getBytes(UTF_8), AGENT);
  }

  private List<Version> all() throws IOException {
    return log.ask(index -> List.copyOf(index.versions()));
  }

  private String text(Snapshot content) throws IOException {
    return new String(log.read(content), UTF_8);
  }

  @Test
  void aChangeIsAVersionWithItsAuthorAndBothContents() throws IOException {
    write("a.md", null, "one\n");
    write("a.md", "one\n", "two\n");

    assertThat(root.resolve("a.md")).hasContent("two\n");
    List<Version> all = all();
    assertThat(all)
        .extracting(Version::operation)
        .containsExactly(Operation.CREATED, Operation.MODIFIED);
    Version last = all.getLast();
    assertThat(last.author()).isEqualTo(AGENT);
    assertThat(last.time()).isEqualTo(NOW);
    assertThat(text(last.contentBefore().orElseThrow())).isEqualTo("one\n");
    assertThat(text(last.contentAfter().orElseThrow())).isEqualTo("two\n");
  }

  @Test
  void keepsWhatItFindsBeforeItIsReplaced() throws IOException {
    Files.writeString(root.resolve("a.md"), "by hand\n");

    write("a.md", "by hand\n", "by agent\n");

    List<Version> all = all();
    assertThat(all)
        .extracting(Version::operation)
        .containsExactly(Operation.FOUND, Operation.MODIFIED);
    assertThat(all.getFirst().author()).isEqualTo(Author.OUTSIDE);
    assertThat(text(all.getFirst().contentAfter().orElseThrow())).isEqualTo("by hand\n");
  }

  @Test
  void tellsWhatOthersDidInBetween() throws IOException {
    write("a.md", null, "one\n");
    write("a.md", "edited by hand\n", "two\n");
    write("a.md", null, "three\n");

    assertThat(all())
        .extracting(Version::operation)
        .containsExactly(
            Operation.CREATED,
            Operation.FOUND,
            Operation.MODIFIED,
            Operation.MISSED,
            Operation.CREATED);
  }

  @Test
  void deletesADirectoryWithAllItsContentsKept() throws IOException {
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("d/one"), "1");
    Files.writeString(root.resolve("d/e/two"), "2");

    versions.delete(path("d"), AGENT);

    assertThat(root.resolve("d")).doesNotExist();
    var deleted = all().stream().filter(v -> v.operation() == Operation.DELETED).toList();
    assertThat(deleted)
        .extracting(version -> version.path().toString())
        .containsExactly("d/e/two", "d/one");
    assertThat(text(deleted.getLast().contentBefore().orElseThrow())).isEqualTo("1");
  }

  @Test
  void aMovedFileGoesOnUnderItsNewPath() throws IOException {
    write("d/a.md", null, "one\n");

    versions.move(path("d"), path("e"), AGENT);
    write("e/a.md", "one\n", "two\n");

    assertThat(root.resolve("e/a.md")).hasContent("two\n");
    List<Version> all = all();
    assertThat(all)
        .extracting(Version::operation)
        .containsExactly(Operation.CREATED, Operation.MOVED, Operation.MODIFIED);
    assertThat(all.get(1).from()).isEqualTo(path("d/a.md"));
    assertThat(all.get(1).path()).isEqualTo(path("e/a.md"));
  }

  @Test
  void keepsTheSameContentOnce() throws IOException {
    write("a.md", null, "same\n");
    write("b.md", null, "same\n");
    write("a.md", "same\n", "other\n");
    write("a.md", "other\n", "same\n");

    String onDisk = Files.readString(segment(1));
    assertThat(onDisk.split("\nsame\n", -1)).hasSize(2);
  }

  private Path segment(int number) {
    return root.resolve(".homeport/versions/g000001/%06d.log".formatted(number));
  }

  @Test
  void seesWhatAnotherProcessAppends() throws IOException {
    var other = new VersionLog(workspace, () -> NOW, Retention.DEFAULT);
    assertThat(other.<Integer>ask(index -> index.versions().size())).isZero();

    write("a.md", null, "one\n");

    assertThat(other.<Integer>ask(index -> index.versions().size())).isEqualTo(1);
  }

  @Test
  void cutsOffWhatACrashLeftIncomplete() throws IOException {
    write("a.md", null, "one\n");
    Files.writeString(
        segment(1),
        "{\"content\":{\"sha256\":\"00\",\"bytes\":100}}\nhalf",
        StandardOpenOption.APPEND);

    write("b.md", null, "two\n");

    assertThat(all()).hasSize(2);
    assertThat(Files.readString(segment(1))).doesNotContain("half");
  }

  @Test
  void leavesADamagedSegmentAloneAndGoesOnInTheNext() throws IOException {
    write("a.md", null, "one\n");
    Files.writeString(segment(1), "\0\0\0\0\n\0\0", StandardOpenOption.APPEND);

    write("b.md", null, "two\n");
    write("c.md", null, "three\n");

    assertThat(segment(2)).exists();
    assertThat(all()).hasSize(3);
    assertThat(
            new VersionLog(workspace, () -> NOW, Retention.DEFAULT)
                .<Integer>ask(index -> index.versions().size()))
        .isEqualTo(3);
  }

  @Test
  void beginsAnewWhereSomebodyDeletedTheLog() throws IOException {
    write("a.md", null, "one\n");
    Files.delete(segment(1));

    write("a.md", "one\n", "two\n");

    assertThat(all())
        .extracting(Version::operation)
        .containsExactly(Operation.FOUND, Operation.MODIFIED);
  }

  @Test
  void refusesToDeleteWhatItCannotKeep() throws IOException {
    try (var large =
        Files.newByteChannel(
            root.resolve("large"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      large.position(Versions.MOST_KEPT).write(java.nio.ByteBuffer.wrap(new byte[1]));
    }

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> versions.delete(path("large"), AGENT))
        .withMessageContaining("67,108,864");
    assertThat(root.resolve("large")).exists();
  }

  @Test
  void saysThatAContentIsGoneOrDamaged() throws IOException {
    write("a.md", null, "one\n");
    Snapshot content = all().getFirst().contentAfter().orElseThrow();
    Files.writeString(segment(1), Files.readString(segment(1)).replace("\none\n", "\nonf\n"));

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> log.read(content))
        .withMessageContaining("damaged");
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> log.read(new Snapshot("00", 2)))
        .withMessageContaining("not kept");
  }
}
