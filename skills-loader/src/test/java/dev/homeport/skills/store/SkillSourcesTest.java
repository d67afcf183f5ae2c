package dev.homeport.skills.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.git.GitFixture;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillSourcesTest {
  @TempDir private Path temporary = Path.of("");
  private Workspace workspace;
  private GitFixture remote;
  private SkillSources sources;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(Files.createDirectories(temporary.resolve("workspace")));
    remote = new GitFixture(temporary.resolve("remote.git"));
    sources = SkillSources.of(workspace, state(), temporary.resolve("home"));
  }

  @AfterEach
  void close() {
    remote.close();
  }

  @Test
  void servesWhatWasAgreedToAfterEverythingOfTheUserAndTheProject() throws Exception {
    remote.commit(
        "main",
        Map.of(
            "a/SKILL.md", GitFixture.skill("a", "from the source"),
            "b/SKILL.md", GitFixture.skill("b", "from the source")));
    skill(".claude/skills/a", GitFixture.skill("a", "of the project"));
    try (SkillCatalog catalog = catalog(workspace)) {
      assertThat(descriptions(catalog)).containsExactly("of the project");

      LockedSource agreed = add("team");

      assertThat(descriptions(catalog)).containsExactly("of the project", "from the source");
      Skill served = catalog.snapshot().find("b").orElseThrow();
      assertThat(served.location().shownFile()).isEqualTo("skill-sources/team/b/SKILL.md");
      assertThat(served.location().root().scope().shown()).isEqualTo("source");
      assertThat(sources.served(agreed)).isPresent();

      sources.remove(agreed);

      assertThat(descriptions(catalog)).containsExactly("of the project");
      assertThat(sources.lock().sources()).isEmpty();
    }
  }

  @Test
  void servesANewPinWithoutBeingOpenedAgain() throws Exception {
    remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "one")));
    LockedSource first = add("team");
    try (SkillCatalog catalog = catalog(workspace)) {
      assertThat(descriptions(catalog)).containsExactly("one");
      catalog.watch((_, _) -> {});

      remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "two")));
      SourceTree tree = sources.newest(first.origin(), false);
      assertThat(descriptions(catalog)).containsExactly("one");
      sources.agree(Optional.of(first), locked("team", first.origin(), tree));

      assertThat(descriptions(catalog)).containsExactly("two");
      assertThat(catalog.snapshot().search("two", 3)).isNotNull();
    }
    try (SkillCatalog again = catalog(workspace)) {
      assertThat(descriptions(again)).containsExactly("two");
    }
  }

  @Test
  void fetchesAndServesNothingThatAClonedRepositoryNames() throws Exception {
    remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "one")));
    add("team");
    Workspace clone = Workspace.open(Files.createDirectories(temporary.resolve("clone")));
    Files.createDirectories(clone.root().resolve(".homeport"));
    Files.copy(
        workspace.root().resolve(".homeport/skills.lock"),
        clone.root().resolve(".homeport/skills.lock"));

    try (SkillCatalog catalog = catalog(clone)) {
      SkillSnapshot snapshot = catalog.snapshot();

      assertThat(snapshot.skills()).isEmpty();
      assertThat(snapshot.problems())
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(SkillProblem.Kind.SOURCE);
            assertThat(problem.message())
                .contains("the source 'team'", "is not fetched: run `homeport skills update`");
          });

      var theirs = SkillSources.of(clone, state(), temporary.resolve("home"));
      LockedSource named = theirs.lock().find(SourceName.parse("team")).orElseThrow();
      assertThat(theirs.served(named)).isEmpty();
      assertThat(theirs.locked(named, true).digest()).isEqualTo(named.digest());
      theirs.agree(Optional.of(named), named);

      assertThat(descriptions(catalog)).containsExactly("one");
    }
  }

  @Test
  void saysThatALockFileIsBroken() throws Exception {
    Files.createDirectories(workspace.root().resolve(".homeport"));
    Files.writeString(workspace.root().resolve(".homeport/skills.lock"), "{");
    skill(".claude/skills/a", GitFixture.skill("a", "of the project"));

    try (SkillCatalog catalog = catalog(workspace)) {
      assertThat(descriptions(catalog)).containsExactly("of the project");
      assertThat(catalog.snapshot().problems())
          .singleElement()
          .satisfies(problem ->
              assertThat(problem.message()).contains("cannot be used: it is no JSON, see line 1"));
    }
  }

  @Test
  void refusesALockFileThatNamesAnotherContent() throws Exception {
    remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "one")));
    LockedSource real = add("team");
    var forged =
        new LockedSource(
            real.name(),
            real.origin(),
            real.revision(),
            new dev.homeport.skills.source.ContentDigest("ab".repeat(32)),
            false);

    assertThatThrownBy(() -> sources.locked(forged, false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("holds other files than .homeport/skills.lock says");
  }

  @Test
  void refusesToOverwriteWhatSomeoneElseAgreedTo() throws Exception {
    remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "one")));
    LockedSource first = add("team");
    sources.agree(Optional.of(first), first.pinned(true));

    assertThatThrownBy(() -> sources.agree(Optional.of(first), first.pinned(false)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("someone else changed the source 'team'");
    assertThat(sources.lock().find(first.name())).contains(first.pinned(true));
  }

  @Test
  void keepsAllSourcesThatAreAddedAtOnce() throws Exception {
    remote.commit("main", Map.of("a/SKILL.md", GitFixture.skill("a", "one")));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<LockedSource>>();
      for (int i = 0; i < 6; i++) {
        String name = "team-" + i;
        all.add(() -> add(name));
      }
      for (var one : threads.invokeAll(all)) {
        assertThat(one.get().digest()).isNotNull();
      }
    }
    assertThat(sources.lock().sources()).hasSize(6);
  }

  @Test
  void copiesADirectory() throws Exception {
    Path team = Files.createDirectories(temporary.resolve("team/a"));
    Files.writeString(team.resolve("SKILL.md"), GitFixture.skill("a", "one"));
    var origin = new SourceOrigin.Directory("../team");
    SourceTree tree = sources.newest(origin, false);
    sources.agree(Optional.empty(), locked("team", origin, tree));

    Files.writeString(team.resolve("SKILL.md"), GitFixture.skill("a", "two"));

    try (SkillCatalog catalog = catalog(workspace)) {
      assertThat(descriptions(catalog)).containsExactly("one");
    }
    Files.createSymbolicLink(team.resolve("x"), Path.of("../../workspace"));
    assertThatThrownBy(() -> sources.newest(origin, false))
        .hasMessageContaining("../team: the link 'a/x' leads out");
    assertThatThrownBy(() -> sources.newest(new SourceOrigin.Directory("../none"), false))
        .hasMessageContaining("there is no directory ../none");
  }

  @Test
  void refusesPathsOfAHostileRepository() throws Exception {
    remote.commitForbidden("main", "..");
    SourceOrigin origin = SourceAddress.git(remote.url(), "", "");

    assertThatThrownBy(() -> sources.newest(origin, false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it cannot be taken");
    assertThat(state().resolve("skill-sources/SKILL.md")).doesNotExist();
  }

  private LockedSource add(String name) throws IOException, InterruptedException {
    SourceOrigin origin = SourceAddress.git(remote.url(), "", "");
    LockedSource source = locked(name, origin, sources.newest(origin, false));
    sources.agree(Optional.empty(), source);
    return source;
  }

  private static LockedSource locked(String name, SourceOrigin origin, SourceTree tree)
      throws SourceException {
    return new LockedSource(SourceName.parse(name), origin, tree.revision(), tree.digest(), false);
  }

  private Path state() {
    return temporary.resolve("state");
  }

  private void skill(String directory, String text) throws IOException {
    Path skill = Files.createDirectories(workspace.root().resolve(directory));
    Files.writeString(skill.resolve("SKILL.md"), text);
  }

  private SkillCatalog catalog(Workspace of) {
    SkillsConfig base = SkillsConfig.standard(of.root(), temporary.resolve("home"));
    return SkillCatalog.open(
        SourceRoots.of(of, state(), base),
        new SkillHost("linux", Map.of()),
        temporary.resolve("cache"));
  }

  private static List<String> descriptions(SkillCatalog catalog) throws InterruptedException {
    return catalog.snapshot().skills().stream().map(Skill::description).toList();
  }
}
