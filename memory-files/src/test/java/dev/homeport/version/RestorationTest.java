package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.AGENT;
import static dev.homeport.version.HistoryFixture.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.homeport.version.RestoreOutcome.Occupied;
import dev.homeport.version.RestoreOutcome.Restored;
import dev.homeport.version.RestoreOutcome.RestoredFile;
import dev.homeport.version.RestoreOutcome.Stale;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorationTest {
  @TempDir Path root;
  private HistoryFixture files;

  @BeforeEach
  void open() throws IOException {
    files = new HistoryFixture(root);
  }

  private RestoreOutcome restore(String id, @Nullable String expected) throws Exception {
    return files.history.restore(id, expected, AGENT);
  }

  private RestoreOutcome restoreDeleted(String path) throws Exception {
    return files.history.restoreDeleted(path(path), null, AGENT);
  }

  private static String sha(String content) {
    return Sha256.hex(content.getBytes(UTF_8));
  }

  @Test
  void givesAFileTheContentItHadAndRecordsThat() throws Exception {
    files.write("a", "one\n");
    String first = files.id("a", 0);
    files.write("a", "two\n");

    RestoreOutcome outcome = files.history.restore(first, null, AGENT.because("better"));

    assertThat(outcome)
        .isEqualTo(
            new Restored(
                java.util.List.of(
                    new RestoredFile(path("a"), Snapshot.of("one\n".getBytes(UTF_8)))),
                0));
    assertThat(root.resolve("a")).hasContent("one\n");
    assertThat(files.story("a")).containsExactly("CREATED a", "MODIFIED a", "MODIFIED a");
    assertThat(files.list("a").getFirst().author().reason())
        .isEqualTo("better (restores " + first + ")");
  }

  @Test
  void keepsWhatItReplacesEvenIfOthersWroteIt() throws Exception {
    files.write("a", "one\n");
    String first = files.id("a", 0);
    Files.writeString(root.resolve("a"), "by hand\n");

    restore(first, null);
    assertThat(files.story("a")).containsExactly("CREATED a", "FOUND a", "MODIFIED a");
    restore(files.id("a", 1), null);

    assertThat(root.resolve("a")).hasContent("by hand\n");
  }

  @Test
  void comparesWithWhatIsExpected() throws Exception {
    files.write("a", "one\n");
    String first = files.id("a", 0);
    files.write("a", "two\n");

    assertThat(restore(first, sha("other")))
        .isInstanceOfSatisfying(
            Stale.class,
            stale -> {
              assertThat(stale.current().sha256()).isEqualTo(sha("two\n"));
              assertThat(stale.diff()).contains("-two\n+one");
            });
    assertThat(root.resolve("a")).hasContent("two\n");
    assertThat(restore(first, sha("two\n"))).isInstanceOf(Restored.class);
    assertThat(restore(first, sha("whatever"))).isEqualTo(new Restored(java.util.List.of(), 1));
  }

  @Test
  void bringsADeletedFileBack() throws Exception {
    byte[] binary = {0, 1, (byte) 0xFF, 13, 10};
    files.write("d/a", binary, AGENT);
    files.delete("d/a");

    restore(files.id("d/a", 0), null);

    assertThat(root.resolve("d/a")).hasBinaryContent(binary);
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> {
          files.delete("d");
          restore(files.id("d/a", 0), sha("something"));
        })
        .withMessageContaining("memory_precondition_failed_error");
  }

  @Test
  void doesNotOverwriteWhatStandsWhereSomethingWasDeleted() throws Exception {
    files.write("a", "old\n");
    files.delete("a");
    String deletion = files.id("a", 0);
    files.write("a", "new\n");

    assertThat(restore(deletion, null))
        .isEqualTo(new Occupied(path("a"), Snapshot.of("new\n".getBytes(UTF_8))));
    assertThat(restore(deletion, sha("older"))).isInstanceOf(Stale.class);
    assertThat(root.resolve("a")).hasContent("new\n");
    assertThat(restore(deletion, sha("new\n"))).isInstanceOf(Restored.class);
    assertThat(root.resolve("a")).hasContent("old\n");
  }

  @Test
  void bringsAllBackThatTheLastDeletionTook() throws Exception {
    files.write("d/gone before", "0");
    files.delete("d/gone before");
    files.write("d/a", "1");
    files.write("d/e/b", "2");
    Files.writeString(root.resolve("d/by hand"), "3");
    files.delete("d");

    RestoreOutcome outcome = restoreDeleted("d");

    assertThat(outcome)
        .isInstanceOfSatisfying(Restored.class, done -> assertThat(done.files()).hasSize(3));
    assertThat(root.resolve("d/a")).hasContent("1");
    assertThat(root.resolve("d/e/b")).hasContent("2");
    assertThat(root.resolve("d/by hand")).hasContent("3");
    assertThat(root.resolve("d/gone before")).doesNotExist();
    assertThat(restoreDeleted("d")).isEqualTo(new Restored(java.util.List.of(), 3));
  }

  @Test
  void bringsBackOnlyThePartOfADeletionThatIsAskedFor() throws Exception {
    files.write("d/a", "1");
    files.write("d/e/b", "2");
    files.delete("d");

    restoreDeleted("d/e");

    assertThat(root.resolve("d/e/b")).hasContent("2");
    assertThat(root.resolve("d/a")).doesNotExist();
  }

  @Test
  void bringsNothingBackIfOneFileIsInTheWay() throws Exception {
    files.write("d/a", "1");
    files.write("d/b", "2");
    files.delete("d");
    files.write("d/b", "another");

    assertThat(restoreDeleted("d"))
        .isInstanceOfSatisfying(
            Occupied.class, taken -> assertThat(taken.path()).hasToString("d/b"));
    assertThat(root.resolve("d/a")).doesNotExist();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.history.restoreDeleted(path("d"), sha("another"), AGENT))
        .withMessageContaining("for one file");
  }

  @Test
  void restoresAFileWhereItStandsNow() throws Exception {
    files.write("a", "one\n");
    String first = files.id("a", 0);
    files.write("a", "two\n");
    files.move("a", "d/b");

    restore(first, null);

    assertThat(root.resolve("d/b")).hasContent("one\n");
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void bringsBackWhatOthersDeletedOnceThatWasNoticed() throws Exception {
    files.write("a", "one\n");
    Files.delete(root.resolve("a"));
    files.write("a", "two\n");
    assertThat(files.story("a")).containsExactly("CREATED a", "MISSED a", "CREATED a");
    Files.delete(root.resolve("a"));

    restore(files.id("a", 1), null);

    assertThat(root.resolve("a")).hasContent("one\n");
  }

  @Test
  void refusesWhatALogOfSomebodyElseWantsToWrite() throws Exception {
    files.write("a", "one\n");
    Path segment = root.resolve(".homeport/versions/g000001/000001.log");
    String forged =
        Files.readString(segment).replace("\"path\":\"a\"", "\"path\":\".homeport/config.yaml\"");
    Files.writeString(segment, forged);

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> new HistoryFixture(root).history.restore(files.id(".", 0), null, AGENT))
        .withMessageContaining("belongs to Homeport");
    assertThat(root.resolve(".homeport/config.yaml")).doesNotExist();
  }

  @Test
  void saysThatNothingWasDeleted() throws Exception {
    files.write("a", "one\n");

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> restoreDeleted("a"))
        .withMessageContaining("No deletion at or below a");
  }
}
