package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path root;
  private @Nullable HistoryFixture opened;

  private HistoryFixture files(int versions, Duration age, long bytes) throws IOException {
    opened = new HistoryFixture(root, new Retention(versions, age, bytes));
    return opened;
  }

  @AfterEach
  void settle() throws IOException {
    if (opened != null) {
      opened.settle();
    }
  }

  private void write(HistoryFixture files, int count, String content) throws IOException {
    for (int i = 0; i < count; i++) {
      files.write("a", content + i);
    }
  }

  @Test
  void forgetsTheOldestOnceALimitIsExceededByAQuarter() throws IOException {
    HistoryFixture files = files(8, YEAR, 1_000_000);

    write(files, 10, "text ");
    assertThat(files.list("a")).hasSize(10);
    write(files, 1, "last ");

    files.settle();
    assertThat(files.list("a")).hasSize(8);
    assertThat(files.isOnDisk("text 1")).isFalse();
    assertThat(files.isOnDisk("text 2")).isTrue();
    assertThat(files.history.diff(files.id("a", 7)).text()).contains("-text 2", "+text 3");
    write(files, 1, "more ");
    assertThat(files.story("a")).hasSize(9).allMatch("MODIFIED a"::equals);
  }

  @Test
  void keepsAContentThatARemainingVersionNames() throws IOException {
    HistoryFixture files = files(4, YEAR, 1_000_000);
    files.write("b", "shared");
    write(files, 3, "text ");
    files.write("a", "shared");
    write(files, 1, "other ");

    files.settle();
    assertThat(files.list(".")).hasSize(4);
    assertThat(files.list("b")).isEmpty();
    assertThat(files.history.diff(files.id("a", 1)).text()).contains("+shared");
  }

  @Test
  void forgetsByAge() throws IOException {
    HistoryFixture files = files(1_000, Duration.ofSeconds(20), 1_000_000);

    write(files, 40, "text ");

    files.settle();
    assertThat(files.list("a")).hasSizeLessThan(30);
    assertThat(files.isOnDisk("text 0")).isFalse();
  }

  @Test
  void forgetsByBytes() throws IOException {
    HistoryFixture files = files(1_000, YEAR, 10_000);

    write(files, 14, "x".repeat(1_000));

    files.settle();
    assertThat(files.list("a")).hasSizeLessThan(11);
    long bytes = files.versions.log().<Long>ask(VersionIndex::bytes);
    assertThat(bytes).isBetween(5_000L, 12_500L);
  }

  @Test
  void saysThatAFileIsFoundWhoseVersionsAreForgotten() throws IOException {
    HistoryFixture files = files(4, YEAR, 1_000_000);
    files.write("b", "kept by nobody");
    write(files, 5, "text ");
    files.settle();
    assertThat(files.list("b")).isEmpty();

    files.write("b", "new");

    assertThat(files.story("b")).containsExactly("FOUND b", "MODIFIED b");
    assertThat(files.history.diff(files.id("b", 0)).text()).contains("-kept by nobody");
  }

  @Test
  void neverForgetsWhatIsAboutToBeNamed() throws Exception {
    HistoryFixture files = files(4, YEAR, 1_000_000);
    files.write("b", "about to be replaced");
    var old = "about to be replaced".getBytes(UTF_8);
    try (var _ = files.workspace.lock(java.util.List.of(path("b")))) {
      assertThat(files.versions.log().holds(Snapshot.of(old))).isTrue();
      write(files, 12, "text ");
      files.versions.write(path("b"), old, "new".getBytes(UTF_8), HistoryFixture.AGENT);
    }

    files.settle();
    assertThat(files.list(".")).hasSizeLessThan(6);
    assertThat(files.history.diff(files.id("b", 0)).text()).contains("-about to be replaced");
  }

  @Test
  void knowsWhereEverythingIsAfterwards() throws IOException {
    HistoryFixture files = files(8, YEAR, 1_000_000);
    files.write("b", "between");
    write(files, 6, "text ");
    files.write("b", "later");
    write(files, 6, "more ");
    files.settle();

    var another = new HistoryFixture(root, new Retention(8, YEAR, 1_000_000));

    assertThat(files.story(".")).isEqualTo(another.story("."));
    for (int back = 0; back < files.list("a").size(); back++) {
      String id = files.id("a", back);
      assertThat(files.history.diff(id).text()).isEqualTo(another.history.diff(id).text());
    }
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(0, YEAR, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, Duration.ZERO, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, YEAR, 0));
  }

  @Test
  void canForgetEverything() throws IOException {
    HistoryFixture files = files(1_000, YEAR, 10);

    files.write("a", "longer than ten bytes");

    files.settle();
    assertThat(files.list("a")).isEmpty();
    files.write("a", "short");
    files.settle();
    assertThat(files.list("a")).isEmpty();
    assertThat(root.resolve("a")).hasContent("short");
  }
}
