package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.AGENT;
import static dev.homeport.version.HistoryFixture.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.homeport.version.RedactOutcome.Held;
import dev.homeport.version.RedactOutcome.Nothing;
import dev.homeport.version.RedactOutcome.Redacted;
import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
  private static final String SECRET = "hunter2-do-not-tell";

  @TempDir Path root;
  private HistoryFixture files;

  @BeforeEach
  void open() throws IOException {
    files = new HistoryFixture(root);
  }

  private RedactOutcome redact(String id) throws IOException {
    return files.history.redact(id, AGENT.because("leaked"));
  }

  private RedactOutcome redactPast(String path) throws IOException {
    return files.history.redactPast(path(path), AGENT.because("leaked"));
  }

  private static void assertRedacted(
      RedactOutcome outcome, int versions, int contents, List<WorkspacePath> spared) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Redacted.class,
            redacted -> {
              assertThat(redacted.versions()).isEqualTo(versions);
              assertThat(redacted.contents()).hasSize(contents);
              assertThat(redacted.spared()).isEqualTo(spared);
            });
  }

  @Test
  void takesAContentOutOfEveryVersionAndOffTheDiskAndKeepsTheAudit() throws Exception {
    files.write("a", SECRET);
    String id = files.id("a", 0);
    String sha = files.list("a").getFirst().contentAfter().orElseThrow().sha256();
    files.write("b", SECRET);
    files.write("a", "clean\n");
    files.write("b", "clean too\n");
    assertThat(files.isOnDisk(SECRET)).isTrue();

    assertRedacted(redact(id), 4, 1, List.of());

    assertThat(files.isOnDisk(SECRET)).isFalse();
    assertThat(files.isOnDisk(sha)).isFalse();
    assertThat(files.story("a")).containsExactly("CREATED a", "MODIFIED a", "REDACTED a");
    assertThat(files.story("b")).containsExactly("CREATED b", "MODIFIED b", "REDACTED b");
    Version audit = files.list("a").getFirst();
    assertThat(audit.author()).isEqualTo(AGENT.because("leaked"));
    Version redacted = files.history.find(id).orElseThrow();
    assertThat(redacted.isRedacted()).isTrue();
    assertThat(redacted.contentAfter()).isEmpty();
    assertThat(redacted.author()).isEqualTo(AGENT);
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.history.diff(id))
        .withMessageContaining("was redacted");
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.history.restore(id, null, AGENT))
        .withMessageContaining("was redacted");
  }

  @Test
  void keepsOtherContentsAndGoesOn() throws Exception {
    files.write("a", "first\n");
    String first = files.id("a", 0);
    files.write("a", SECRET);
    files.write("a", "last\n");
    redact(files.id("a", 1));

    files.write("a", "after\n");

    assertThat(files.story("a"))
        .containsExactly("CREATED a", "MODIFIED a", "MODIFIED a", "REDACTED a", "MODIFIED a");
    files.history.restore(first, null, AGENT);
    assertThat(root.resolve("a")).hasContent("first\n");
    assertThat(new HistoryFixture(root).story("a")).hasSize(6);
  }

  @Test
  void refusesWhileAFileHasTheContent() throws Exception {
    files.write("a", SECRET);
    String id = files.id("a", 0);
    files.write("a", "clean\n");
    files.move("a", "z");
    files.write("copy", SECRET);
    files.move("copy", "d/copy");

    assertThat(redact(id)).isEqualTo(new Held(path("d/copy")));
    assertThat(files.isOnDisk(SECRET)).isTrue();
    Files.writeString(root.resolve("d/copy"), "changed by hand");

    assertThat(redact(id)).isInstanceOf(Redacted.class);
    assertThat(files.isOnDisk(SECRET)).isFalse();
  }

  @Test
  void redactsTheWholePastOfAFileUnderAllItsNames() throws Exception {
    files.write("old", SECRET + " 1");
    files.write("old", SECRET + " 2");
    files.move("old", "new");
    files.write("new", "clean\n");
    files.write("other", "untouched\n");

    assertRedacted(redactPast("new"), 4, 2, List.of(path("new")));

    assertThat(files.isOnDisk(SECRET)).isFalse();
    assertThat(files.history.diffToNow(files.id("other", 0)).isEmpty()).isTrue();
    assertThat(files.list("new").stream().filter(v -> v.operation() == Operation.REDACTED))
        .hasSize(1);
    assertThat(redactPast("new")).isEqualTo(new Nothing(List.of(path("new"))));
  }

  @Test
  void leavesEmptyContentsAsTheyHideNothing() throws Exception {
    files.write("empty", "");
    files.write("a", "");
    files.write("a", SECRET);
    files.write("a", "clean\n");

    assertRedacted(redactPast("a"), 2, 1, List.of(path("a")));
    assertThat(redact(files.id("empty", 0))).isEqualTo(new Nothing(List.of()));
  }

  @Test
  void redactsWhatWasDeleted() throws Exception {
    files.write("d/a", SECRET);
    files.write("d/b", "b " + SECRET);
    files.delete("d");

    assertRedacted(redactPast("d"), 4, 2, List.of());

    assertThat(files.isOnDisk(SECRET)).isFalse();
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.history.restoreDeleted(path("d"), null, AGENT))
        .withMessageContaining("was redacted");
  }

  @Test
  void needsAReasonAndAVersion() throws IOException {
    files.write("a", SECRET);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.history.redact(files.id("a", 0), AGENT))
        .withMessageContaining("reason");
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> redact("ver_none"))
        .withMessageContaining("no version ver_none");
    assertThat(redactPast("none")).isEqualTo(new Nothing(List.of()));
  }

  @Test
  void isNoticedByOthersWhoKnowTheOldGeneration() throws Exception {
    files.write("a", SECRET);
    files.write("a", "clean\n");
    Workspace same = Workspace.open(root);
    var other = new VersionLog(same, InstantSource.system(), Retention.DEFAULT);
    Snapshot secret = files.list("a").getLast().contentAfter().orElseThrow();
    assertThat(other.holds(secret)).isTrue();

    redact(files.id("a", 1));

    assertThat(other.holds(secret)).isFalse();
    assertThat(other.<Integer>ask(index -> index.versions().size())).isEqualTo(3);
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> other.read(secret))
        .withMessageContaining("not kept");
  }

  @Test
  void finishesWhatACrashLeftAndStaysPrivate() throws Exception {
    files.write("a", SECRET);
    files.write("a", "clean\n");
    Path versions = root.resolve(".homeport/versions");
    Files.createDirectories(versions.resolve("rewriting"));
    Files.writeString(versions.resolve("rewriting/000001.log"), "half");
    redact(files.id("a", 1));
    // The process died before it deleted the old generation.
    Files.createDirectories(versions.resolve("g000001"));
    Files.writeString(versions.resolve("g000001/000001.log"), "{\"content\":" + SECRET);
    Files.createDirectories(versions.resolve("rewriting"));

    var next = new HistoryFixture(root);
    assertThat(next.story("a")).containsExactly("CREATED a", "MODIFIED a", "REDACTED a");
    next.write("a", "more\n");

    assertThat(versions.resolve("g000001")).doesNotExist();
    assertThat(versions.resolve("rewriting")).doesNotExist();
    assertThat(next.isOnDisk(SECRET)).isFalse();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(versions.resolve("g000002/000001.log"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(versions.resolve("g000002"))))
        .isEqualTo("rwx------");
  }
}
