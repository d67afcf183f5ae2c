package dev.homeport.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.FileOutcome.Done;
import dev.homeport.file.FileOutcome.Overlapping;
import dev.homeport.file.FileOutcome.Stale;
import dev.homeport.file.FileOutcome.Status;
import dev.homeport.file.FileOutcome.Unmatched;
import dev.homeport.workspace.ChildJvm;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileMergeTest {
  private static final String READ = "one\ntwo\nthree\n";

  @TempDir Path root;
  @TempDir Path cache;
  Workspace workspace;
  WorkspaceFiles files;
  WorkspacePath path;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
    files = WorkspaceFiles.of(workspace, ReadCopies.in(cache));
    path = workspace.path("f");
  }

  private static String sha(String text) {
    return Sha256.hex(text.getBytes(UTF_8));
  }

  private void byHand(String text) throws IOException {
    Files.writeString(root.resolve("f"), text);
  }

  private void readThenEditByHand(String text) throws IOException {
    byHand(READ);
    files.read(path, Slice.ALL);
    byHand(text);
  }

  private FileOutcome write(String text) throws Exception {
    return files.write(path, text, new Precondition.Mergeable(sha(READ)));
  }

  private FileOutcome edit(Precondition precondition, String old, String fresh) throws Exception {
    return files.edit(path, List.of(Replacement.once(old, fresh)), precondition, false);
  }

  private static Status status(FileOutcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done) outcome).status();
  }

  @Test
  void joinsWhatWasReadWithWhatAHumanChanged() throws Exception {
    readThenEditByHand("one\ntwo\n3\n");

    FileOutcome outcome = write("1\ntwo\nthree\n");

    assertThat(outcome).isInstanceOf(Done.class);
    var done = (Done) outcome;
    assertThat(done.status()).isEqualTo(Status.MERGED);
    assertThat(done.file().orElseThrow().sha256()).isEqualTo(sha("1\ntwo\n3\n"));
    assertThat(done.diff()).contains("-three\n+3").doesNotContain("-one");
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("1\ntwo\n3\n");
  }

  @Test
  void joinsAcrossProcesses() throws Exception {
    byHand(READ);
    String sha256 =
        ChildJvm.output(
            ChildJvm.start(FilesChild.class, "read", root.toString(), cache.toString(), "f"));
    assertThat(sha256).isEqualTo(sha(READ));
    assertThat(root.resolve(".homeport")).as("reading changes nothing").doesNotExist();
    byHand("one\ntwo\n3\n");

    String status =
        ChildJvm.output(
            ChildJvm.start(
                FilesChild.class,
                "write",
                root.toString(),
                cache.toString(),
                "f",
                sha256,
                "1\ntwo\nthree\n"));

    assertThat(status).isEqualTo("MERGED");
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("1\ntwo\n3\n");
  }

  @Test
  void joinsWithAContentThatHomeportWroteOrReplaced() throws Exception {
    var withoutCopies = WorkspaceFiles.of(workspace);
    withoutCopies.write(path, READ, Precondition.NONE);
    byHand("one\ntwo\n3\n");

    var expected = new Precondition.Mergeable(sha(READ));
    assertThat(status(withoutCopies.write(path, "1\ntwo\nthree\n", expected)))
        .isEqualTo(Status.MERGED);
  }

  @Test
  void joinsEditsThatWereMadeOfTheContentThatWasRead() throws Exception {
    readThenEditByHand("one\ntwo\n3\none\n");
    var expected = new Precondition.Mergeable(sha(READ));

    assertThat(status(edit(expected, "one\n", "1\n"))).isEqualTo(Status.MERGED);
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("1\ntwo\n3\none\n");
    assertThat(edit(expected, "none", "x")).isInstanceOf(Unmatched.class);
  }

  @Test
  void triesAMergeWithoutWriting() throws Exception {
    readThenEditByHand("one\ntwo\n3\n");
    var edits = List.of(Replacement.once("one", "1"));

    FileOutcome outcome = files.edit(path, edits, new Precondition.Mergeable(sha(READ)), true);

    assertThat(status(outcome)).isEqualTo(Status.PREVIEWED);
    assertThat(((Done) outcome).diff()).contains("-one\n+1").doesNotContain("three");
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("one\ntwo\n3\n");
  }

  @Test
  void writesNothingWhereBothChangedTheSame() throws Exception {
    readThenEditByHand("one\n2\nthree\n");

    FileOutcome outcome = write("one\nTWO\nthree\n");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Overlapping.class,
            conflict -> {
              assertThat(conflict.current().sha256()).isEqualTo(sha("one\n2\nthree\n"));
              assertThat(conflict.overlaps()).hasSize(1);
            });
    assertThat(Files.readString(root.resolve("f"))).isEqualTo("one\n2\nthree\n");
  }

  @Test
  void succeedsWithoutAWriteIfTheOthersHaveItAlready() throws Exception {
    readThenEditByHand("1\ntwo\n3\n");

    assertThat(status(write("1\ntwo\nthree\n"))).isEqualTo(Status.MERGED);
    assertThat(root.resolve(".homeport/versions")).doesNotExist();
  }

  @Test
  void mergesOnlyIfAsked() throws Exception {
    readThenEditByHand("one\ntwo\n3\n");

    assertThat(files.write(path, "1\ntwo\nthree\n", new Precondition.Content(sha(READ))))
        .isInstanceOfSatisfying(
            Stale.class,
            stale -> {
              assertThat(stale.whyNotMerged()).isEmpty();
              assertThat(stale.diff()).contains("-one", "+1", "-3", "+three");
            });
  }

  @Test
  void saysWhyNoMergeWasPossible() throws Exception {
    byHand("one\n");
    assertThat(write("1\n"))
        .isInstanceOfSatisfying(
            Stale.class, stale -> assertThat(stale.whyNotMerged()).contains("is not kept"));

    readThenEditByHand(READ);
    Files.write(root.resolve("f"), new byte[] {(byte) 0xff, 0});
    assertThat(write("1\n"))
        .isInstanceOfSatisfying(
            Stale.class, stale -> assertThat(stale.whyNotMerged()).contains("only UTF-8 text"));

    byHand("x".repeat(ReadCopies.MOST_BYTES + 1));
    assertThat(write("1\n"))
        .isInstanceOfSatisfying(
            Stale.class, stale -> assertThat(stale.whyNotMerged()).contains("at most 1 MiB"));
  }

  @Test
  void aRepeatedEditSucceeds() throws Exception {
    files.write(path, READ, Precondition.NONE);
    var expected = new Precondition.Content(sha(READ));

    assertThat(status(edit(expected, "two", "2"))).isEqualTo(Status.UPDATED);
    assertThat(status(edit(expected, "two", "2"))).as("retry").isEqualTo(Status.UNCHANGED);
    assertThat(edit(expected, "two", "zwei"))
        .isInstanceOfSatisfying(
            Stale.class,
            stale -> {
              assertThat(stale.current().sha256()).isEqualTo(sha("one\n2\nthree\n"));
              assertThat(stale.diff()).contains("-2", "+zwei");
            });
  }

  @Test
  void aStaleDeletionOrMoveShowsWhatChangedSince() throws Exception {
    readThenEditByHand("one\ntwo\n3\n");
    var expected = new Precondition.Mergeable(sha(READ));

    assertThat(files.delete(path, expected, false))
        .isInstanceOfSatisfying(
            Stale.class, stale -> assertThat(stale.diff()).contains("-3", "+three"));
    assertThat(files.move(path, workspace.path("g"), expected)).isInstanceOf(Stale.class);
    assertThat(root.resolve("f")).exists();
  }

  @Test
  void keepsBytesThatNoSideNamed() throws Exception {
    String read = "\uFEFFone\r\ntwo\u2028\r\nthree\r\n\r\nfour";
    byHand(read);
    files.read(path, new Slice.Head(1));
    byHand(read.replace("four", "4"));

    FileOutcome outcome =
        files.write(path, read.replace("one", "1"), new Precondition.Mergeable(sha(read)));

    assertThat(status(outcome)).isEqualTo(Status.MERGED);
    assertThat(Files.readAllBytes(root.resolve("f")))
        .isEqualTo("\uFEFF1\r\ntwo\u2028\r\nthree\r\n\r\n4".getBytes(UTF_8));
  }

  @Test
  void keepsAllParallelWritesOfOneReading() throws Exception {
    byHand(slots(0));
    files.read(path, Slice.ALL);
    var expected = new Precondition.Mergeable(sha(slots(0)));
    var calls = new ArrayList<Callable<FileOutcome>>();
    for (int i = 1; i <= 20; i++) {
      String mine = slots(0).replace("slot " + i + ".", "done " + i + ".");
      calls.add(() -> files.write(path, mine, expected));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(status(call.get())).isIn(Status.MERGED, Status.UPDATED);
      }
    }

    assertThat(Files.readString(root.resolve("f"))).isEqualTo(slots(20));
  }

  private static String slots(int done) {
    return IntStream.rangeClosed(1, 20)
        .mapToObj(i -> (i <= done ? "done " : "slot ") + i + ".\n\n")
        .collect(Collectors.joining());
  }
}
