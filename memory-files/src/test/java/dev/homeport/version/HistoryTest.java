package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.AGENT;
import static dev.homeport.version.HistoryFixture.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.homeport.version.HistoryQuery.By;
import dev.homeport.version.HistoryQuery.Filter;
import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path root;
  private HistoryFixture files;

  @BeforeEach
  void open() throws IOException {
    files = new HistoryFixture(root);
  }

  @Test
  void listsTheNewestFirstForAFileAndForADirectory() throws IOException {
    files.write("d/a", "1");
    files.write("d/e/b", "2");
    files.write("other", "3");
    files.write("d/a", "4");

    assertThat(files.list("d/a"))
        .extracting(Version::operation)
        .containsExactly(Operation.MODIFIED, Operation.CREATED);
    assertThat(files.story("d")).containsExactly("CREATED d/a", "CREATED d/e/b", "MODIFIED d/a");
    assertThat(files.story(".")).hasSize(4);
    assertThat(files.story("none")).isEmpty();
  }

  @Test
  void pagesByTheLastId() throws IOException {
    for (int i = 0; i < 7; i++) {
      files.write("a", "text " + i);
    }

    var ids = new ArrayList<String>();
    HistoryPage page = files.list("a", 3, null);
    ids.addAll(page.versions().stream().map(Version::id).toList());
    while (page.next().isPresent()) {
      page = files.list("a", 3, page.next().get());
      ids.addAll(page.versions().stream().map(Version::id).toList());
    }

    assertThat(ids).hasSize(7).isEqualTo(files.list("a").stream().map(Version::id).toList());
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.list("a", 3, "ver_none"))
        .withMessageContaining("no version ver_none");
    assertThatIllegalArgumentException().isThrownBy(() -> files.list("a", 201, null));
  }

  @Test
  void endsThePageExactlyWhereNothingFollows() throws IOException {
    files.write("a", "1");
    files.write("a", "2");

    assertThat(files.list("a", 2, null).next()).isEmpty();
    assertThat(files.list("a", 1, null).next()).contains(files.id("a", 0));
  }

  @Test
  void filtersByOperationAuthorAndTime() throws IOException {
    files.write("a", "1");
    files.write("a", "2".getBytes(UTF_8), new Author("bob", "s-2", "edit_file", null));
    files.write("a", "3");

    assertThat(filtered(new Filter(Operation.CREATED, By.ANYBODY, null, null))).hasSize(1);
    assertThat(filtered(by(new By("bob", null, null)))).hasSize(1);
    assertThat(filtered(by(new By(null, "s-1", null)))).hasSize(2);
    assertThat(filtered(by(new By("ann", "s-1", "edit_file")))).isEmpty();
    Instant second = files.list("a").get(1).time();
    Instant third = files.list("a").getFirst().time();
    assertThat(filtered(new Filter(null, By.ANYBODY, second, null))).hasSize(2);
    assertThat(filtered(new Filter(null, By.ANYBODY, second, third))).hasSize(1);
  }

  private static Filter by(By author) {
    return new Filter(null, author, null, null);
  }

  private List<Version> filtered(Filter filter) throws IOException {
    return files.history.list(new HistoryQuery(path("a"), 200, null, filter)).versions();
  }

  @Test
  void followsMovesBackToOlderNames() throws IOException {
    files.write("old/a", "1");
    files.move("old", "between");
    files.move("between/a", "new");
    files.write("new", "2");
    files.write("between/a", "somebody else");

    assertThat(files.story("new"))
        .containsExactly("CREATED old/a", "MOVED between/a", "MOVED new", "MODIFIED new");
    assertThat(files.story("old")).containsExactly("CREATED old/a", "MOVED between/a");
  }

  @Test
  void showsWhatOthersDidAsFound() throws IOException {
    files.write("a", "mine\n");
    Files.writeString(root.resolve("a"), "by hand\n");
    files.write("a", "mine again\n");

    assertThat(files.story("a")).containsExactly("CREATED a", "FOUND a", "MODIFIED a");
    assertThat(files.history.diff(files.id("a", 1)).text()).contains("-mine\n+by hand");
    assertThat(files.list("a").get(1).author()).isEqualTo(Author.OUTSIDE);
  }

  @Test
  void showsWhatAVersionChangedAndWhatDiffersFromAnotherOneAndFromNow() throws IOException {
    files.write("a", "one\n");
    files.write("a", "two\n");
    files.write("a", "three\n");
    files.move("a", "b");
    String first = files.id("b", 3);

    assertThat(files.history.diff(first).text()).contains("+one").contains("+++ b/a");
    assertThat(files.history.diff(files.id("b", 1)).text()).contains("-two\n+three");
    assertThat(files.history.diff(first, files.id("b", 1)).text()).contains("-one\n+three");
    assertThat(files.history.diff(files.id("b", 0)).isEmpty()).isTrue();
    Files.writeString(root.resolve("b"), "now\n");
    assertThat(files.history.diffToNow(first).text()).contains("-one\n+now").contains("+++ b/b");
    files.delete("b");
    assertThat(files.history.diffToNow(first).after()).isNull();
    assertThat(files.history.diff(files.id("b", 0)).text()).contains("-now");
  }

  @Test
  void tellsBinaryContentsBySizeAndDigest() throws IOException {
    files.write("a", new byte[] {1, 0, (byte) 0xFF}, AGENT);
    files.write("a", new byte[] {1, 0, (byte) 0xFE, 7}, AGENT);

    Difference difference = files.history.diff(files.id("a", 0));

    assertThat(difference.isText()).isFalse();
    assertThat(difference.text()).isEmpty();
    assertThat(difference.before()).isEqualTo(Snapshot.of(new byte[] {1, 0, (byte) 0xFF}));
    assertThat(difference.after()).isEqualTo(Snapshot.of(new byte[] {1, 0, (byte) 0xFE, 7}));
  }

  @Test
  void findsByIdAndSaysWhatIsUnknown() throws IOException {
    files.write("a", "1");

    assertThat(files.history.find(files.id("a", 0))).contains(files.list("a").getFirst());
    assertThat(files.history.find("ver_none")).isEmpty();
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.history.diff("ver_none"))
        .withMessageContaining("no version ver_none");
  }

  @Test
  void goesOnAfterDamageAndSaysWhatIsStillThere() throws IOException {
    files.write("a", "1");
    Path segment = root.resolve(".homeport/versions/g000001/000001.log");
    Files.writeString(segment, "\0\0\n\0", StandardOpenOption.APPEND);
    files.write("a", "2");

    assertThat(files.story("a")).containsExactly("CREATED a", "MODIFIED a");
    assertThat(files.history.diff(files.id("a", 0)).text()).contains("-1");
  }

  @Test
  void keepsTheReasonThatFitsAndTheLogReadable() throws IOException {
    files.write("a", "1".getBytes(UTF_8), AGENT.because("\u0001".repeat(100_000)));
    files.write("a", "2");

    assertThat(files.story("a")).containsExactly("CREATED a", "MODIFIED a");
    assertThat(files.list("a").getLast().author().reason()).hasSize(Author.MOST_CHARACTERS + 1);
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    files.write("a", "1");

    try (var all = Files.walk(root.resolve(".homeport"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void neverOpensALockFileInPassing() throws IOException {
    files.write("a", "1");

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> files.workspace.openForRead(path(".homeport/versions/lock")))
        .withMessageContaining("belongs to Homeport");
  }
}
