package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several processes on one workspace, of which the one that writes the index is killed.
///
/// `-Dtakeover.kills=N` kills so many writers, `-Dtakeover.seed=N` changes other files; how long it
/// took until another one wrote is printed.
@Timeout(600)
class IndexTakeoverTest {
  private static final int KILLS = Integer.getInteger("takeover.kills", 4);
  private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(10);

  private final Random random = new Random(Long.getLong("takeover.seed", 7));
  private final List<SearchProcess> children = new ArrayList<>();

  @TempDir Path directory;
  Path root;
  Path cache;
  Path log;

  @BeforeEach
  void makeTree() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    cache = directory.resolve("index");
    log = directory.resolve("log");
    RandomTree.write(root, random);
  }

  @AfterEach
  void end() {
    children.forEach(SearchProcess::close);
  }

  private SearchProcess start() throws IOException {
    var child = SearchProcess.start(List.of(), root, cache, log);
    children.add(child);
    return child;
  }

  @Test
  void answersStayExactWhileWritersAreKilled() throws Exception {
    var edits = new RandomEdits(root, random);
    SearchProcess writer = start();
    assertThat(writer.ask("await")).isEqualTo("true");
    assertThat(writer.isWriter()).isTrue();
    SearchProcess other = start();
    long longest = 0;
    for (int i = 0; i < KILLS; i++) {
      editAndAsk(edits, 12, writer, other);
      writeMany(i);
      writer.close();
      long start = System.nanoTime();
      while (!other.isWriter() && System.nanoTime() - start < LONGEST_TAKEOVER.toNanos()) {
        editAndAsk(edits, 1, other);
      }
      longest = Math.max(longest, System.nanoTime() - start);
      assertThat(other.isWriter()).as("another process writes, kill %d", i).isTrue();
      editAndAsk(edits, 12, other);
      writer = other;
      other = start();
    }
    edits.open();

    assertThat(writer.ask("await")).isEqualTo("true");
    editAndAsk(edits, 12, writer, other);
    assertThat(Files.readString(log)).doesNotContain("index=");
    try (var index = TrigramIndex.open(cache, root.toString()).orElseThrow();
        var snapshot = index.snapshot()) {
      snapshot.verify();
    }
    System.out.printf("longest takeover: %d ms%n", longest / 1_000_000);
  }

  /// Enough to keep the writer busy when it is killed.
  private void writeMany(int round) throws IOException {
    Path many = Files.createDirectories(root.resolve("many"));
    for (int i = 0; i < 40; i++) {
      byte[] text = new byte[random.nextInt(1 << 17)];
      random.nextBytes(text);
      Files.writeString(
          many.resolve("f" + i),
          "foo "
              + round
              + "\n"
              + new String(text, StandardCharsets.ISO_8859_1).replace('\0', '\n'));
    }
  }

  private void editAndAsk(RandomEdits edits, int times, SearchProcess... all) throws Exception {
    Grep scan = Grep.over(Workspace.open(root));
    for (int i = 0; i < times; i++) {
      String what = edits.change();
      String pattern = RandomTree.pattern(random);
      String expected = SearchChild.found(scan, pattern);
      for (SearchProcess child : all) {
        child.assertFinds(
            pattern, expected, "%s, process %d".formatted(what, children.indexOf(child)));
      }
    }
  }
}
