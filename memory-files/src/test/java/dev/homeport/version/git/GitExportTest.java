package dev.homeport.version.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.version.Author;
import dev.homeport.version.Retention;
import dev.homeport.version.Versions;
import dev.homeport.version.git.GitExport.Exported;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitExportTest {
  private static final Author AGENT = new Author("ann", "s-1", "write_file", "to test");

  @TempDir Path root;
  @TempDir Path parent;
  Workspace workspace;
  Versions versions;
  Path target;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
    versions = Versions.of(workspace);
    target = parent.resolve("history.git");
  }

  private void write(String path, @Nullable String old, String content) throws IOException {
    byte[] before = old == null ? null : old.getBytes(UTF_8);
    versions.write(workspace.path(path), before, content.getBytes(UTF_8), AGENT);
  }

  private Exported export() throws IOException {
    return GitExport.export(workspace, target);
  }

  private static Exported exported(int versions, int commits) {
    return new Exported(versions, commits, Optional.empty());
  }

  /// The commits of a repository, the oldest first, each with its files.
  private static List<String> commits(Path directory) throws IOException {
    try (var _ = OwnSettings.open();
        Repository repository =
            new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
        var walk = new RevWalk(repository)) {
      ObjectId head = repository.resolve(Constants.HEAD);
      walk.markStart(walk.parseCommit(head));
      walk.sort(RevSort.REVERSE);
      var commits = new ArrayList<String>();
      for (RevCommit commit : walk) {
        commits.add(commit.getAuthorIdent().getName() + files(repository, commit));
      }
      return commits;
    }
  }

  private static List<String> files(Repository repository, RevCommit commit) throws IOException {
    var files = new ArrayList<String>();
    try (var tree = new TreeWalk(repository)) {
      tree.addTree(commit.getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        byte[] content = repository.open(tree.getObjectId(0)).getBytes();
        files.add(tree.getPathString() + "=" + new String(content, UTF_8).strip());
      }
    }
    return files;
  }

  private static List<String> messages(Path directory) throws IOException {
    try (var _ = OwnSettings.open();
        Repository repository =
            new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
        var walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(repository.resolve(Constants.HEAD)));
      var messages = new ArrayList<String>();
      walk.forEach(commit -> messages.add(commit.getFullMessage()));
      return messages;
    }
  }

  private static RevCommit head(Path directory) throws IOException {
    try (var _ = OwnSettings.open();
        Repository repository =
            new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
        var walk = new RevWalk(repository)) {
      return walk.parseCommit(repository.resolve(Constants.HEAD));
    }
  }

  @Test
  void eachChangeIsACommitOfItsAuthor() throws IOException {
    write("d/a.md", null, "one\n");
    Files.writeString(root.resolve("d/a.md"), "by hand\n");
    write("d/a.md", "by hand\n", "two\n");
    write("d-b.md", null, "x\n");
    versions.move(workspace.path("d"), workspace.path("e"), AGENT);
    versions.delete(workspace.path("d-b.md"), AGENT);

    assertThat(export()).isEqualTo(exported(6, 6));

    assertThat(commits(target))
        .containsExactly(
            "ann[d/a.md=one]",
            "outside[d/a.md=by hand]",
            "ann[d/a.md=two]",
            "ann[d-b.md=x, d/a.md=two]",
            "ann[d-b.md=x, e/a.md=two]",
            "ann[e/a.md=two]");
    RevCommit head = head(target);
    assertThat(head.getFullMessage())
        .startsWith("write_file: to test\n\nReason: to test\n\ndelete d-b.md\n")
        .endsWith("Homeport-Version: " + versions.all().getLast().id() + "\n");
    assertThat(head.getAuthorIdent().getWhenAsInstant().getEpochSecond())
        .isEqualTo(versions.all().getLast().time().getEpochSecond());
  }

  @Test
  void filesThatChangeTogetherAreOneCommit() throws IOException {
    write("d/a.md", null, "one\n");
    write("d/b.md", null, "two\n");

    versions.delete(workspace.path("d"), AGENT);

    assertThat(export()).isEqualTo(exported(4, 3));
  }

  @Test
  void addsOnlyWhatCameSinceAndEndsAsAWholeExportWould() throws IOException {
    write("a.md", null, "one\n");
    assertThat(export()).isEqualTo(exported(1, 1));
    assertThat(export()).isEqualTo(exported(0, 0));
    write("a.md", "one\n", "two\n");
    write("d/b.md", null, "three\n");

    assertThat(export()).isEqualTo(exported(2, 2));

    Path whole = parent.resolve("whole.git");
    GitExport.export(workspace, whole);
    assertThat(head(target).name()).isEqualTo(head(whole).name());
  }

  @Test
  void leavesOutWhatIsNotKept() throws IOException {
    write("a.md", null, "secret\n");
    write("b.md", null, "two\n");
    Path log = root.resolve(".homeport/versions/g000001/000001.log");
    Files.writeString(
        log, Files.readString(log).replaceFirst(",\"after\":\\{[^}]*}}", ",\"redacted\":true}"));

    // The log was read already: only a new process would see the change of a line.
    Workspace copy = Workspace.open(copyOf(root));
    GitExport.export(copy, target);

    assertThat(commits(target)).containsExactly("ann[]", "ann[b.md=two]");
  }

  private Path copyOf(Path directory) throws IOException {
    Path copy = parent.resolve("copy");
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(directory.relativize(file).toString()));
      }
    }
    return copy;
  }

  @Test
  void refusesATargetThatIsSomethingElse() throws IOException {
    write("a.md", null, "one\n");
    Files.writeString(parent.resolve("file"), "x");

    assertThatThrownBy(() -> GitExport.export(workspace, parent)).hasMessageContaining("not empty");
    assertThatThrownBy(() -> GitExport.export(workspace, parent.resolve("file")))
        .hasMessageContaining("no directory");
    assertThatThrownBy(() -> GitExport.export(workspace, root.resolve(".homeport/x")))
        .hasMessageContaining("inside .homeport/");
    Path link = Files.createSymbolicLink(parent.resolve("link"), root.resolve(".homeport"));
    assertThatThrownBy(() -> GitExport.export(workspace, link.resolve("x")))
        .hasMessageContaining("inside .homeport/");
    assertThat(root.resolve(".homeport/x")).doesNotExist();
  }

  @Test
  void refusesARepositoryOfAnotherWorkspace() throws IOException {
    write("a.md", null, "one\n");
    export();
    Path otherRoot = Files.createDirectory(parent.resolve("other"));
    Workspace other = Workspace.open(otherRoot);
    Versions.of(other).write(WorkspacePath.parse("b"), null, new byte[] {'x'}, AGENT);

    assertThatThrownBy(() -> GitExport.export(other, target))
        .hasMessageContaining("of another workspace");
  }

  @Test
  void goesOnWithWhatIsKeptWhenTheLastExportedVersionAgedOut() throws Exception {
    versions = Versions.of(workspace, new Retention(4, Duration.ofDays(365), 1_000_000));
    write("gone.md", null, "x\n");
    write("still.md", null, "s\n");
    write("again.md", null, "a\n");
    write("by hand.md", null, "h\n");
    export();
    String last = versions.all().getLast().id();
    versions.delete(workspace.path("gone.md"), AGENT);
    versions.delete(workspace.path("again.md"), AGENT);
    Files.delete(root.resolve("by hand.md"));
    write("again.md", null, "b\n");
    write("n.md", null, "0\n");
    for (int i = 0; i < 3; i++) {
      write("n.md", i + "\n", (i + 1) + "\n");
    }
    Awaitility.await().until(() -> versions.all().size() <= 5);

    Exported exported = export();

    assertThat(exported.missing()).hasValueSatisfying(note -> assertThat(note).contains(last));
    assertThat(commits(target)).last().isEqualTo("ann[again.md=b, n.md=3, still.md=s]");
    assertThat(messages(target)).filteredOn(text -> text.contains("\nMissing: ")).hasSize(1);
    assertThat(export()).isEqualTo(exported(0, 0));
  }
}
