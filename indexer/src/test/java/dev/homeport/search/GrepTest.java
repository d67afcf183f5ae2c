package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.search.GrepOutcome.BadPattern;
import dev.homeport.search.GrepOutcome.BadScope;
import dev.homeport.search.GrepOutcome.Matches;
import dev.homeport.search.GrepOutcome.TimedOut;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrepTest {
  @TempDir Path directory;
  private Grep grep;

  @BeforeEach
  void open() throws IOException {
    grep = Grep.over(Workspace.open(directory));
  }

  @Test
  void givesMatchingLinesWithTheirNumbersInPathOrder() throws Exception {
    write("b/two.txt", "nothing\nneedle here\n");
    write("a.txt", "needle\nhay\nneedle again");

    Matches matches = matches(GrepRequest.of("needle"));

    assertThat(lines(matches))
        .containsExactly("a.txt:1:needle", "a.txt:3:needle again", "b/two.txt:2:needle here");
    assertThat(matches.total()).isEqualTo(3);
    assertThat(matches.isExact()).isTrue();
    assertThat(matches.truncated()).isFalse();
  }

  @Test
  void givesPagesThatTogetherAreTheWhole() throws Exception {
    write("a.txt", "x1\nx2\nx3\n");
    write("b.txt", "x4\nx5\n");

    Matches first = matches(GrepRequest.of("x").page(new Page(0, 2)));
    Matches second = matches(GrepRequest.of("x").page(new Page(2, 2)));
    Matches third = matches(GrepRequest.of("x").page(new Page(4, 2)));

    assertThat(lines(first)).containsExactly("a.txt:1:x1", "a.txt:2:x2");
    assertThat(first.nextOffset()).hasValue(2);
    assertThat(first.total()).isEqualTo(5);
    assertThat(lines(second)).containsExactly("a.txt:3:x3", "b.txt:1:x4");
    assertThat(lines(third)).containsExactly("b.txt:2:x5");
    assertThat(third.truncated()).isFalse();
  }

  @Test
  void cutsContextWithTheMatchesOfThePage() throws Exception {
    write("a.txt", "1\nx2\n3\n4\n5\nx6\n7\n");

    Matches second = matches(GrepRequest.of("x").context(1, 1).page(new Page(1, 1)));

    assertThat(lines(second)).containsExactly("a.txt-5-5", "a.txt:6:x6", "a.txt-7-7");
  }

  @Test
  void sortsTheLastChangedFileFirst() throws Exception {
    write("a.txt", "x");
    write("b.txt", "x");
    var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(directory.resolve("a.txt"), yesterday);

    Matches matches =
        matches(GrepRequest.of("x").mode(OutputMode.FILES_WITH_MATCHES).order(FileOrder.MODIFIED));

    assertThat(matches.files())
        .extracting(file -> file.path().toString())
        .containsExactly("b.txt", "a.txt");
  }

  @Test
  void saysWhatItSkippedAndThatHiddenFilesHoldMatches() throws Exception {
    write(".git/HEAD", "needle");
    write(".gitignore", "*.log\n");
    write("x.log", "needle");
    write(".secret/y.txt", "needle");
    write("binary", "a\0needle");

    Matches matches = matches(GrepRequest.of("needle"));

    assertThat(matches.total()).isZero();
    assertThat(matches.skipped()).isEqualTo(new Skipped(1, 2, 1, 0, 0, 0));
    assertThat(matches.unseen()).isEqualTo(2);
  }

  @Test
  void showsThePartOfALongLineInWhichTheMatchIs() throws Exception {
    write("min.js", "a".repeat(9_000) + "needle" + "b".repeat(9_000));

    LineMatch line =
        matches(GrepRequest.of("needle").lineLimit(100)).files().getFirst().lines().getFirst();

    assertThat(line.shortened()).isTrue();
    assertThat(line.text()).startsWith("…a").contains("needle").endsWith("b…").hasSize(102);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a(?=b) 1 look-around",
        "(a)\\1 3 backreference",
        "(?<!x)y 0 look-around",
        "interface{} 9 repetition",
        "a( 1 closed",
        "[a 0 closed",
        "*a 0 repeats",
        "\\Qx 0 escape",
        "a\\nb 1 newline",
        "[z-a] 1 range",
        "x{3,1} 1 bounds",
        "\\p{Foo} 0 property"
      })
  void namesTheConstructThatItCannotSearchFor(String pattern, int position, String word)
      throws Exception {
    GrepOutcome outcome = grep.search(GrepRequest.of(pattern).build());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            BadPattern.class,
            bad -> {
              assertThat(bad.position()).isEqualTo(position);
              assertThat(bad.problem()).contains(word);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*b",
        "(a|a)*b",
        "(a+)+$b",
        "(a?){500}a{500}b",
        "(.*)(.*)(.*)(.*)[^a]",
        "((((a*)*)*)*)*b",
        "a.{500}b.{400}c",
        "(x+x+)+y",
        "(a|b|ab)*c.{30}d"
      })
  void searchesForCatastrophicPatternsInLinearTime(String pattern) throws Exception {
    write("a.txt", "a".repeat(200_000));

    assertThat(matches(GrepRequest.of(pattern).timeout(Duration.ofSeconds(10))).total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A{0,30000}", "([a-z]+ ?){0,5000}", "(A|B|é){2,20000}", "(A*B*){0,900}"})
  void matchesManyCopiesThatMayBeLeftOut(String pattern) throws Exception {
    write("a.txt", "AAé\nBB\n\n");

    Matches found = matches(GrepRequest.of("^" + pattern + "é?$").timeout(Duration.ofSeconds(20)));

    assertThat(found.total()).isPositive();
    assertThat(found.isExact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A*{,37797}", "(A*B*){0,3000}", "(A{0,30}){0,1000}", "(|A){5000,}"})
  void refusesManyCopiesOfWhatMayMatchNothing(String pattern) throws Exception {
    assertThat(grep.search(GrepRequest.of(pattern).build())).isInstanceOf(BadPattern.class);
  }

  @Test
  void refusesPatternsThatAreTooLarge() throws Exception {
    assertThat(grep.search(GrepRequest.of("x".repeat(1 << 20)).build()))
        .isInstanceOf(BadPattern.class);
    assertThat(grep.search(GrepRequest.of("((a{100}){100}){1000}").build()))
        .isInstanceOf(BadPattern.class);
    assertThat(grep.search(GrepRequest.of("(".repeat(100_00)).build()))
        .isInstanceOf(BadPattern.class);
    assertThat(grep.search(GrepRequest.of("a" + "*".repeat(60_000)).build()))
        .isInstanceOf(BadPattern.class);
  }

  @Test
  void matchesEveryLineWithTheEmptyPattern() throws Exception {
    write("a.txt", "1\n\n3\n");

    assertThat(matches(GrepRequest.of("")).total()).isEqualTo(3);
  }

  @Test
  void passesOverNamesThatNoPathCanExpress() throws Exception {
    write("new\nline.txt", "needle");
    write("good.txt", "needle");

    Matches matches = matches(GrepRequest.of("needle"));

    assertThat(lines(matches)).containsExactly("good.txt:1:needle");
    assertThat(matches.skipped().unnamable()).isEqualTo(1);
  }

  @Test
  void doesNotFollowLinks() throws Exception {
    write("real.txt", "needle");
    Files.createSymbolicLink(directory.resolve("link.txt"), directory.resolve("real.txt"));
    Files.createSymbolicLink(directory.resolve("dir"), Path.of("/etc"));

    assertThat(lines(matches(GrepRequest.of("needle|root:")))).containsExactly("real.txt:1:needle");
    assertThatThrownBy(() ->
            grep.search(
                GrepRequest.of("x")
                    .scope(FileScope.WORKSPACE.below(WorkspacePath.parse("dir")))
                    .build()))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("symbolic link");
  }

  @Test
  void suggestsTypesThatExist() throws Exception {
    assertThat(grep.search(GrepRequest.of("x").scope(FileScope.WORKSPACE.withTypes("tsx")).build()))
        .isInstanceOfSatisfying(BadScope.class, bad -> assertThat(bad.problem()).contains("ts"));
    assertThat(grep.search(GrepRequest.of("x").scope(FileScope.WORKSPACE.withGlobs("a{")).build()))
        .isInstanceOfSatisfying(BadScope.class, bad -> assertThat(bad.problem()).contains("{"));
  }

  @Test
  void givesWhatItHasWhenTheTimeIsUp() throws Exception {
    for (int i = 0; i < 200; i++) {
      write("d" + i + "/a.txt", "needle\n".repeat(1_000));
    }

    GrepOutcome outcome =
        grep.search(GrepRequest.of("needle").timeout(Duration.ofNanos(1)).build());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TimedOut.class, late -> assertThat(late.partial().isExact()).isFalse());
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    write("a.txt", "x");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> grep.search(GrepRequest.of("x").build()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void matchesAcrossLines() throws Exception {
    write("a.txt", "one {\n  two\n}\nthree\n");

    Matches matches =
        matches(GrepRequest.of("\\{.*\\}").with(GrepOption.MULTILINE).with(GrepOption.DOT_ALL));

    assertThat(lines(matches)).containsExactly("a.txt:1:one {", "a.txt:2:  two", "a.txt:3:}");
  }

  @Test
  void searchesAFileThatIsNamedAlthoughItIsIgnored() throws Exception {
    write(".ignore", "*.log");
    write("x.log", "needle");

    Matches matches =
        matches(
            GrepRequest.of("needle")
                .scope(FileScope.WORKSPACE.below(WorkspacePath.parse("x.log"))));

    assertThat(lines(matches)).containsExactly("x.log:1:needle");
  }

  private Matches matches(GrepRequest.Builder request) throws Exception {
    return (Matches) grep.search(request.build());
  }

  private static List<String> lines(Matches matches) {
    return matches.files().stream()
        .flatMap(file ->
            file.lines().stream()
                .map(line -> {
                  String mark = line.context() ? "-" : ":";
                  return file.path() + mark + line.number() + mark + line.text();
                }))
        .toList();
  }

  private void write(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
