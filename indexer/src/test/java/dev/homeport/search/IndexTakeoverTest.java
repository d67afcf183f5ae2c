package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
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
/// `-Dtakeover.kills=N` kills so many writers; how long it took until another one wrote is printed.
@Timeout(600)
class IndexTakeoverTest {
  private static final int KILLS = Integer.getInteger("takeover.kills", 4);
  private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(10);

  private final Random random = new Random(7);
  private final List<Child> children = new ArrayList<>();

  @TempDir Path directory;
  Path root;
  Path cache;
  Path log;

  /// A process that searches.
  private record Child(Process process, PrintStream in, BufferedReader out) {
    String ask(String question) throws IOException {
      in.println(question);
      String answer = out.readLine();
      assertThat(answer).as("the answer to %s", question).isNotNull();
      return answer;
    }

    boolean isWriter() throws IOException {
      return ask("writer").equals("true");
    }
  }

  @BeforeEach
  void makeTree() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    cache = directory.resolve("index");
    log = directory.resolve("log");
    RandomTree.write(root, random);
  }

  @AfterEach
  void end() {
    children.forEach(child -> child.process().destroyForcibly());
  }

  private Child start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SearchChild.class.getName(),
                root.toString(),
                cache.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var child =
        new Child(
            process,
            new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
            process.inputReader(StandardCharsets.UTF_8));
    children.add(child);
    return child;
  }

  @Test
  void answersStayExactWhileWritersAreKilled() throws Exception {
    var edits = new RandomEdits(root, random);
    Child writer = start();
    assertThat(writer.ask("await")).isEqualTo("true");
    assertThat(writer.isWriter()).isTrue();
    Child other = start();
    long longest = 0;
    for (int i = 0; i < KILLS; i++) {
      editAndAsk(edits, 12, writer, other);
      writeMany(i);
      writer.process().destroyForcibly();
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

  private void editAndAsk(RandomEdits edits, int times, Child... all) throws Exception {
    Grep scan = Grep.over(Workspace.open(root));
    for (int i = 0; i < times; i++) {
      String what = edits.change();
      String pattern = RandomTree.pattern(random);
      String expected = SearchChild.found(scan, pattern);
      for (Child child : all) {
        assertThat(child.ask("grep " + pattern)).as("%s, %s", what, pattern).isEqualTo(expected);
      }
    }
  }
}
