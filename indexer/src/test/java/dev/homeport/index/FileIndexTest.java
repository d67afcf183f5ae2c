package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.LiveFiles;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIndexTest {
  private static final SearchRequest HERON = new SearchRequest("heron", Set.of(), 10);

  @TempDir Path temporary;
  Workspace workspace;

  @BeforeEach
  void makeProject() throws IOException {
    write("src/InvoiceTotals.java", "class InvoiceTotals {\n  int roundHalfUp(int cents) {}\n}\n");
    write("src/Parser.java", "class Parser {\n  void readTokens() {}\n}\n");
    write("docs/billing.md", "# Billing\n\nInvoices are rounded once, at the end.\n");
    write(".homeport/memory/rounding.md", "Money is rounded half up.\n");
    Files.write(temporary.resolve("root/logo.bin"), new byte[] {0, 1, 2, 'r', 'o', 'u', 'n', 'd'});
    workspace = Workspace.open(temporary.resolve("root"));
  }

  private void write(String path, String text) throws IOException {
    Path file = temporary.resolve("root").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private SearchOutcome search(String query, FileKind... kinds) throws Exception {
    try (var index = FileIndex.open(workspace, temporary.resolve("cache"))) {
      return index.search(new SearchRequest(query, Set.of(kinds), 10));
    }
  }

  private static List<String> paths(SearchOutcome outcome) {
    return outcome.hits().stream().map(SearchHit::path).toList();
  }

  @Test
  void findsTheFileByPartsOfItsIdentifiers() throws Exception {
    SearchOutcome outcome = search("where are invoice totals rounded half up?");

    assertThat(paths(outcome)).first().isEqualTo("src/InvoiceTotals.java");
    assertThat(outcome.pending()).isZero();
    assertThat(outcome.hits().getFirst().citation()).startsWith("src/InvoiceTotals.java#");
    assertThat(paths(outcome)).contains("docs/billing.md", ".homeport/memory/rounding.md");
  }

  @Test
  void findsWordsInLegacyCharsets() throws Exception {
    byte[] latin = "Die F\u00e4hre legt ab.\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(temporary.resolve("root/docs/harbour.txt"), latin);

    assertThat(search("F\u00e4hre").hits())
        .singleElement()
        .satisfies(hit -> assertThat(hit.path()).isEqualTo("docs/harbour.txt"));
  }

  @Test
  void tellsHowFarItIsWithReadingManyFiles() throws Exception {
    for (int i = 0; i < 996; i++) {
      write("notes/n" + i + ".md", "Note " + i + "\n");
    }
    var reports = new ArrayList<String>();
    var request = new SearchRequest("rounded", Set.of(), 10);

    try (var index = FileIndex.open(workspace, temporary.resolve("cache"))) {
      index.search(request, (files, of) -> reports.add(files + "/" + of));
      index.search(request, (files, of) -> reports.add("again"));
    }

    // Who wakes up late is told only how far it is by then.
    assertThat(reports).isSubsetOf("500/1001", "1000/1001").doesNotHaveDuplicates();
    assertThat(reports).last().isEqualTo("1000/1001");
  }

  @Test
  void looksOnlyIntoTheKindsThatAreAskedFor() throws Exception {
    assertThat(paths(search("rounded", FileKind.MEMORY)))
        .containsExactly(".homeport/memory/rounding.md");
  }

  @Test
  void seesChangesAndDeletionsAtOnce() throws Exception {
    assertThat(paths(search("zebra"))).isEmpty();

    write("docs/zoo.md", "The zebra moved in.\n");
    assertThat(paths(search("zebra"))).containsExactly("docs/zoo.md");

    write("docs/zoo.md", "The giraffe moved in instead.\n");
    assertThat(paths(search("zebra"))).isEmpty();
    assertThat(paths(search("giraffe"))).containsExactly("docs/zoo.md");

    Files.delete(temporary.resolve("root/docs/zoo.md"));
    assertThat(paths(search("giraffe"))).isEmpty();
  }

  @Test
  void seesChangesOfWatchedFilesAtOnce() throws Exception {
    try (var files = LiveFiles.of(workspace);
        var index = FileIndex.open(workspace, files, temporary.resolve("cache"))) {
      assertThat(files.awaitReady(Duration.ofSeconds(30))).isTrue();
      for (int i = 0; i < 20; i++) {
        String word = "zebra" + (char) ('a' + i);
        var request = new SearchRequest(word, Set.of(), 10);
        assertThat(paths(index.search(request))).isEmpty();

        write(i % 2 == 0 ? "docs/zoo.md" : ".homeport/memory/zoo.md", "The " + word + " moved.\n");
        assertThat(paths(index.search(request)))
            .containsExactly(i % 2 == 0 ? "docs/zoo.md" : ".homeport/memory/zoo.md");

        write("docs/.ignore", "zoo.md\n");
        assertThat(paths(index.search(request)))
            .containsExactlyElementsOf(i % 2 == 0 ? List.of() : List.of(".homeport/memory/zoo.md"));
        Files.delete(temporary.resolve("root/docs/.ignore"));
      }
    }
  }

  @Test
  void seesWhatAnotherProcessIndexed() throws Exception {
    try (var one = FileIndex.open(workspace, temporary.resolve("cache"));
        var other = FileIndex.open(workspace, temporary.resolve("cache"))) {
      var request = new SearchRequest("zebra", Set.of(), 10);
      for (FileIndex index : List.of(one, other, one, other)) {
        write("docs/zoo.md", "The zebra moved in.\n");
        assertThat(paths(index.search(request))).containsExactly("docs/zoo.md");
        Files.delete(temporary.resolve("root/docs/zoo.md"));
        assertThat(paths(index.search(request))).isEmpty();
      }
    }
  }

  /// An index that has read some of many files, and reads on.
  private FileIndex beganToRead(int files) throws Exception {
    for (int i = 0; i < files; i++) {
      write("notes/n" + i + ".md", ("Note " + i + " of a heron\n").repeat(40));
    }
    var index = FileIndex.open(workspace, temporary.resolve("cache"));
    var began = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          try {
            index.search(HERON, (_, _) -> began.countDown());
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
    return index;
  }

  @Test
  void goesOnWithWhatAnEarlierOneHasLeft() throws Exception {
    beganToRead(4_000).close();

    var reports = new ArrayList<Integer>();
    try (var next = FileIndex.open(workspace, temporary.resolve("cache"))) {
      SearchOutcome outcome = next.search(HERON, (_, of) -> reports.add(of));
      assertThat(outcome.pending()).isZero();
      assertThat(outcome.hits()).hasSize(10);
    }
    // Fewer than five hundred that were left are not reported.
    assertThat(reports).allSatisfy(of -> assertThat(of).isLessThan(4_000));
  }

  @Test
  void knowsAChangeWhileManyOtherFilesAreStillRead() throws Exception {
    try (var index = beganToRead(4_000)) {
      int pending = 0;
      for (int i = 0; i < 5; i++) {
        String word = "zebra" + (char) ('a' + i);
        write("docs/zoo.md", "The " + word + " moved in.\n");
        var asked = new SearchRequest(word, Set.of(), 10);
        var other = new FutureTask<>(() -> index.search(asked));
        Thread.ofPlatform().start(other);
        SearchOutcome outcome = index.search(asked);
        assertThat(paths(outcome)).containsExactly("docs/zoo.md");
        assertThat(paths(other.get())).containsExactly("docs/zoo.md");
        pending = Math.max(pending, outcome.pending());
      }
      assertThat(pending).as("files that were not read at one of the answers").isPositive();
      while (index.search(HERON).pending() > 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(index.search(HERON).hits()).hasSize(10);
    }
  }

  @Test
  void makesABrokenIndexAgain() throws Exception {
    assertThat(paths(search("billing"))).isNotEmpty();
    try (Stream<Path> files = Files.list(temporary.resolve("cache"))) {
      for (Path file : files.filter(f -> f.toString().contains("segments_")).toList()) {
        Files.writeString(file, "not an index");
      }
    }

    assertThat(paths(search("billing"))).contains("docs/billing.md");
  }

  @Test
  void citesTheLineInAFileOfManyPassages() throws Exception {
    write("logs/app.log", "an ordinary line\n".repeat(5_000) + "the kraken surfaced\n");

    SearchHit hit = search("kraken").hits().getFirst();

    assertThat(hit.citation()).isEqualTo("logs/app.log#5001");
    assertThat(hit.lines()).extracting(SearchHit.Line::text).containsExactly("the kraken surfaced");
  }

  @Test
  void answersAQuestionWithoutWordsWithNothing() throws Exception {
    assertThat(search("?!").hits()).isEmpty();
    assertThat(search("the of and").hits()).isEmpty();
  }

  @Test
  void answersFromProseWithTheTurnOfTheOneWhoIsAskedAbout() throws Exception {
    write(
        "notes/talk.md",
        """
        # Talk of 7 May
        Ann: What did you do at the lake?
        Bob: I swam, and Ann sailed.
        Ann: Yes, I sailed my sailing boat.
        Bob: The lake was cold.
        """);

    SearchOutcome outcome = search("What did Bob do at the lake?", FileKind.DOC);

    assertThat(outcome.hits()).extracting(SearchHit::citation).startsWith("notes/talk.md#5");
    assertThat(outcome.hits()).hasSizeGreaterThan(1);
  }

  @Test
  void ranksNewerFilesFirstOnRequest() throws Exception {
    write("docs/old.md", "The walrus sleeps here.\n");
    write("docs/new.md", "The walrus sleeps there, on a cold grey stone by the northern sea.\n");
    Files.setLastModifiedTime(
        temporary.resolve("root/docs/old.md"), java.nio.file.attribute.FileTime.fromMillis(0));
    try (var index = FileIndex.open(workspace, temporary.resolve("cache"))) {
      var byAge = index.search(new SearchRequest("walrus sleeps", Set.of(), 10, true));

      assertThat(paths(byAge)).containsExactly("docs/new.md", "docs/old.md");
    }
    assertThat(paths(search("walrus sleeps"))).containsExactly("docs/old.md", "docs/new.md");
  }

  @Test
  void answersQuestionsOfManyWords() throws Exception {
    var question = new StringBuilder("rounding of invoices");
    for (int i = 0; i < 5_000; i++) {
      question.append(" word").append((char) ('a' + i % 26)).append(i);
    }

    assertThat(paths(search(question.toString()))).contains("docs/billing.md");
  }
}
