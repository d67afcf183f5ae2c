package dev.homeport.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.secret.SecretAllowList;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLimitsTest {
  private static final ResultLimits SMALL = new ResultLimits(100, 250, 3, 10);

  @TempDir Path root;
  Instant now = Instant.now();
  ResultStore results;

  @BeforeEach
  void open() throws IOException {
    results = ResultStore.in(Workspace.open(root), () -> now, SMALL, SecretAllowList.NONE);
  }

  private StoredResult store(int bytes) throws Exception {
    StoredResult result = results.store("x".repeat(bytes), "text/plain", "test");
    now = now.plusSeconds(1);
    return result;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private boolean isThere(StoredResult result) throws IOException {
    return results.find(result.id()).isPresent();
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(root.resolve(".homeport/results"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void refusesAResultThatIsTooLarge() throws Exception {
    assertThat(store(100).bytes()).isEqualTo(100);

    assertThatThrownBy(() -> store(101))
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
        .hasMessage(
            "A stored result may have at most 100 bytes; nothing was stored. Store the part that"
                + " matters.");
    assertThat(files()).hasSize(2);
  }

  @Test
  void removesTheOldestForTheNumberOfResults() throws Exception {
    StoredResult first = store(1);
    StoredResult second = store(1);
    store(1);
    pass(Duration.ofHours(2));

    StoredResult fourth = store(1);

    assertThat(isThere(first)).isFalse();
    assertThat(isThere(second)).isTrue();
    assertThat(isThere(fourth)).isTrue();
    assertThat(files()).hasSize(6).noneMatch(name -> name.startsWith(first.id().text()));
  }

  @Test
  void removesAsManyOfTheOldestAsTheBytesNeed() throws Exception {
    StoredResult first = store(80);
    StoredResult second = store(80);
    StoredResult third = store(80);
    pass(Duration.ofHours(2));

    store(100);

    assertThat(isThere(first)).isFalse();
    assertThat(isThere(second)).isFalse();
    assertThat(isThere(third)).isTrue();
  }

  @Test
  void removesNothingThatIsYoungerThanAnHour() throws Exception {
    StoredResult old = store(100);
    pass(Duration.ofMinutes(61));
    store(80);
    StoredResult young = store(1);
    pass(Duration.ofMinutes(58));
    List<String> before = files();

    assertThat(store(100).id()).isNotEqualTo(old.id());
    assertThat(isThere(old)).isFalse();
    assertThatThrownBy(() -> store(100))
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE))
        .hasMessageContaining("may hold 3 results of 250 bytes in all")
        .hasMessageContaining("try again in an hour");
    assertThat(isThere(young)).isTrue();
    assertThat(files()).hasSameSizeAs(before);
  }

  @Test
  void removesWhatHasExpiredAndSaysSo() throws Exception {
    StoredResult old = store(1);
    pass(Duration.ofDays(10));
    StoredResult other = store(1);

    assertThat(isThere(old)).isFalse();
    assertThatThrownBy(() -> results.get(old.id()))
        .hasMessageContaining("has expired, results are kept for 10 days");
    assertThatThrownBy(() -> results.get(ResultId.at(now.minus(Duration.ofHours(2)))))
        .hasMessageContaining("removed to make room for newer ones, or it never existed");
    assertThatThrownBy(() -> results.get(ResultId.at(now)))
        .hasMessageContaining("never existed here");
    assertThat(results.get(other.id())).isEqualTo(other);
  }

  @Test
  void removesLeftoversOfCrashesOnceTheyAreOld() throws Exception {
    StoredResult whole = store(1);
    StoredResult withoutFacts = store(1);
    StoredResult withoutContent = store(1);
    Files.delete(root.resolve(withoutFacts.path() + ".json"));
    Files.delete(root.resolve(withoutContent.path().toString()));
    Path foreign = Files.writeString(root.resolve(".homeport/results/README"), "by hand");

    assertThat(isThere(withoutFacts)).isFalse();
    assertThat(isThere(withoutContent)).isFalse();
    StoredResult next = store(1);
    assertThat(files()).as("young ones may be in the making").hasSize(7);
    for (String name : files()) {
      Files.setLastModifiedTime(
          root.resolve(".homeport/results").resolve(name),
          FileTime.from(now.minus(Duration.ofHours(2))));
    }
    StoredResult last = store(1);

    assertThat(files())
        .containsExactlyInAnyOrder(
            whole.id().text(),
            whole.id() + ".json",
            next.id().text(),
            next.id() + ".json",
            last.id().text(),
            last.id() + ".json",
            foreign.getFileName().toString());
  }

  @Test
  void holdsItsLimitsAgainstParallelStores() throws Exception {
    var limits = new ResultLimits(1_000, 1_000_000, 40, 10);
    var tasks = new ArrayList<Callable<StoredResult>>();
    for (int i = 0; i < 64; i++) {
      var own = ResultStore.in(Workspace.open(root), () -> now, limits, SecretAllowList.NONE);
      tasks.add(() -> own.store("x", "text/plain", "test"));
    }

    int stored = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(tasks)) {
        stored += future.state() == java.util.concurrent.Future.State.SUCCESS ? 1 : 0;
      }
    }

    assertThat(stored).isEqualTo(40);
    assertThat(files()).hasSize(80);
  }

  @Test
  void refusesLimitsThatLetNothingThrough() {
    assertThatThrownBy(() -> new ResultLimits(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ResultLimits(2, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must hold one result of 2");
  }
}
