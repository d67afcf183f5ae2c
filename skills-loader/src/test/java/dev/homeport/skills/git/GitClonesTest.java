package dev.homeport.skills.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitClonesTest {
  private static final Map<String, String> FILES =
      Map.of(
          "skills/pdf/SKILL.md", GitFixture.skill("pdf", "d"),
          "skills/pdf/scripts/run.sh*", "echo",
          "skills/pdf/now.md@", "SKILL.md",
          "README.md", "r");

  @TempDir private Path temporary = Path.of("");
  private GitFixture remote;
  private GitClones clones;

  @BeforeEach
  void open() throws IOException {
    remote = new GitFixture(temporary.resolve("remote.git"));
    clones = new GitClones(temporary.resolve("clones"), temporary.resolve("home"));
  }

  @AfterEach
  void close() {
    remote.close();
  }

  @Test
  void readsTheFilesOfTheDefaultBranch() throws Exception {
    String commit = remote.commit("main", FILES);

    try (SourceContents contents = clones.newest(origin("", ""), false)) {
      assertThat(contents.revision().orElseThrow().commit()).isEqualTo(commit);
      assertThat(texts(contents))
          .isEqualTo(
              Map.of(
                  "FILE skills/pdf/SKILL.md", GitFixture.skill("pdf", "d"),
                  "PROGRAM skills/pdf/scripts/run.sh", "echo",
                  "LINK skills/pdf/now.md", "SKILL.md",
                  "FILE README.md", "r"));
      SourceEntry readme = new SourceEntry("README.md", SourceEntry.Kind.FILE);
      assertThat(contents.bytes(readme)).isEqualTo(1);
    }
  }

  @Test
  void readsOneDirectoryOfABranchATagAndACommit() throws Exception {
    String first = remote.commit("main", Map.of("a/SKILL.md", "1"));
    String second = remote.commit("main", Map.of("a/SKILL.md", "2"));
    remote.commit("main", Map.of("a/SKILL.md", "3"));
    remote.point("refs/heads/team/next", second);
    remote.tag("v1", first);

    assertThat(text(origin("main", "a"))).isEqualTo("3");
    assertThat(text(origin("team/next", "a"))).isEqualTo("2");
    assertThat(text(origin("v1", "a"))).isEqualTo("1");
    assertThat(text(origin(second, "a"))).isEqualTo("2");
  }

  @Test
  void followsWhatIsCommittedLater() throws Exception {
    remote.commit("main", Map.of("SKILL.md", "1"));
    assertThat(text(origin("", ""))).isEqualTo("1");

    remote.commit("main", Map.of("SKILL.md", "2"));

    assertThat(text(origin("", ""))).isEqualTo("2");
  }

  @Test
  void goesBackToACommitThatNoRefLeadsToDirectly() throws Exception {
    String old = remote.commit("main", Map.of("SKILL.md", "1"));
    String tree;
    try (SourceContents contents = clones.newest(origin("", ""), false)) {
      tree = contents.revision().orElseThrow().tree();
    }
    remote.commit("main", Map.of("SKILL.md", "2"));
    var elsewhere = new GitClones(temporary.resolve("other"), temporary);

    try (SourceContents contents =
        elsewhere.at(origin("", ""), new GitRevision(old, tree), false)) {
      assertThat(texts(contents)).containsValue("1");
    }
  }

  @Test
  void worksOfflineWithWhatWasFetchedBefore() throws Exception {
    remote.commit("main", Map.of("SKILL.md", "1"));
    assertThatThrownBy(() -> clones.newest(origin("", ""), true))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("was not fetched before; try again without --offline");
    assertThat(text(origin("", ""))).isEqualTo("1");
    remote.close();
    Files.move(temporary.resolve("remote.git"), temporary.resolve("gone.git"));

    try (SourceContents contents = clones.newest(origin("", ""), true)) {
      assertThat(texts(contents)).containsValue("1");
      try (SourceContents again =
          clones.at(origin("", ""), contents.revision().orElseThrow(), false)) {
        assertThat(again.entries()).hasSize(1);
      }
    }
    assertThatThrownBy(() -> clones.newest(origin("", ""), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is no repository");
  }

  @Test
  void saysWhatThereIsInsteadOfAnUnknownRef() throws IOException {
    String commit = remote.commit("main", FILES);
    remote.point("refs/tags/v1", commit);

    assertThatThrownBy(() -> clones.newest(origin("mian", ""), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is no branch or tag 'mian'")
        .hasMessageContaining("give another one with --ref, such as main, v1");
    assertThatThrownBy(() -> clones.newest(origin("0".repeat(40), ""), false))
        .hasMessageContaining("has no commit 0000");
  }

  @Test
  void asksWhichIsMeantIfABranchAndATagHaveOneName() throws Exception {
    String commit = remote.commit("main", Map.of("SKILL.md", "1"));
    remote.point("refs/heads/v1", commit);
    remote.point("refs/tags/v1", commit);

    assertThatThrownBy(() -> clones.newest(origin("v1", ""), false))
        .hasMessageContaining("give refs/heads/v1 or refs/tags/v1");
    assertThat(text(origin("refs/tags/v1", ""))).isEqualTo("1");
  }

  @Test
  void saysThatADirectoryIsMissing() throws IOException {
    remote.commit("main", FILES);

    assertThatThrownBy(() -> clones.newest(origin("", "skills/doc"), false))
        .hasMessageContaining("there is no directory 'skills/doc'")
        .hasMessageContaining("--path");
    assertThatThrownBy(() -> clones.newest(origin("", "README.md"), false))
        .hasMessageContaining("there is no directory 'README.md'");
  }

  @Test
  void saysThatARepositoryIsEmpty() {
    assertThatThrownBy(() -> clones.newest(origin("", ""), false))
        .hasMessageContaining("has no default branch")
        .hasMessageContaining("it is empty");
  }

  @Test
  void tellsPathsAsTheyAreSoThatWhoWritesThemCanRefuse() throws Exception {
    remote.commitForbidden("main", "..");

    try (SourceContents contents = clones.newest(origin("", ""), false)) {
      assertThat(contents.entries()).extracting(SourceEntry::path).containsExactly("../SKILL.md");
    }
  }

  @Test
  void fetchesOverHttpWithALoginFromTheHome() throws Exception {
    remote.commit("main", Map.of("SKILL.md", "1"));
    try (var server = new GitHttpServer(remote.repository(), Optional.of("joe:s3cret"))) {
      SourceOrigin.Git origin = SourceAddress.git(server.url(), "", "");

      assertThatThrownBy(() -> clones.newest(origin, false))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("it wants a login; for https put one into ~/.netrc");

      Path home = Files.createDirectories(temporary.resolve("home"));
      Files.writeString(home.resolve(".netrc"), "machine 127.0.0.1 login joe password s3cret\n");
      assertThat(text(origin)).isEqualTo("1");
    }
  }

  @Test
  void goesBackInHistoryWhereAServerGivesNoSingleCommits() throws Exception {
    String old = remote.commit("main", Map.of("SKILL.md", "1"));
    remote.commit("main", Map.of("SKILL.md", "2"));
    try (var server = new GitHttpServer(remote.repository(), Optional.empty())) {
      assertThat(text(SourceAddress.git(server.url(), "", ""))).isEqualTo("2");
      assertThat(text(SourceAddress.git(server.url(), old, ""))).isEqualTo("1");
    }
  }

  @Test
  void saysThatAHostCannotBeReached() throws IOException {
    String url;
    try (var server = new GitHttpServer(remote.repository(), Optional.empty())) {
      url = server.url();
    }

    assertThatThrownBy(() -> clones.newest(SourceAddress.git(url, "", ""), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the host cannot be reached")
        .hasMessageContaining("--offline");
  }

  @Test
  void letsManyFetchAtOnce() throws Exception {
    remote.commit("main", Map.of("SKILL.md", "1"));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> fetch = () -> text(origin("", ""));
      var all = threads.invokeAll(java.util.Collections.nCopies(8, fetch));

      for (var one : all) {
        assertThat(one.get()).isEqualTo("1");
      }
    }
    try (Stream<Path> kept = Files.list(temporary.resolve("clones"))) {
      assertThat(kept.filter(path -> !path.endsWith("lock"))).hasSize(1);
    }
  }

  private SourceOrigin.Git origin(String ref, String path) throws SourceException {
    return SourceAddress.git(remote.url(), ref, path);
  }

  private String text(SourceOrigin.Git origin) throws IOException, InterruptedException {
    try (SourceContents contents = clones.newest(origin, false)) {
      SourceEntry entry = new SourceEntry("SKILL.md", SourceEntry.Kind.FILE);
      return new String(contents.read(entry), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, String> texts(SourceContents contents) throws IOException {
    var texts = new TreeMap<String, String>();
    for (SourceEntry entry : contents.entries()) {
      texts.put(
          entry.kind() + " " + entry.path(),
          new String(contents.read(entry), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
