package dev.homeport.memory.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeport.memory.Change;
import dev.homeport.memory.Fact;
import dev.homeport.memory.MemoryLimits;
import dev.homeport.memory.MemoryScope;
import dev.homeport.memory.MemoryStore;
import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MemoryCheckTest {
  private static final String TOKEN = "ghp_" + "a1".repeat(18);

  @TempDir Path temporary;
  Path root;
  Path memory;
  Path user;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectories(temporary.resolve("workspace"));
    memory = Files.createDirectories(root.resolve(".homeport/memory"));
    user = Files.createDirectories(temporary.resolve("home/memory"));
  }

  private static void file(Path directory, String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }

  private MemoryReport check(MemoryLimits limits) throws IOException {
    return MemoryCheck.of(Workspace.open(root), Workspace.open(user), limits).run();
  }

  private List<MemoryProblem> problems() throws IOException {
    return check(MemoryLimits.DEFAULT).problems();
  }

  private static Map<Path, String> contents(Path directory) throws IOException {
    var contents = new HashMap<Path, String>();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Files.readString(file, ISO_8859_1));
      }
    }
    return contents;
  }

  @Test
  void findsNothingWhereAllIsWell() throws Exception {
    var store = MemoryStore.of(Workspace.open(root), Workspace.openPrivate(user, Durability.FULL));
    for (MemoryScope scope : MemoryScope.values()) {
      for (int i = 0; i < 5; i++) {
        var fact = new Fact("Fact " + i, "When: (" + i + ")", Fact.Type.PROJECT, scope + " " + i);
        store.remember(scope, fact, Change.UNCONDITIONAL);
      }
    }
    file(root, "src/Main.java", "");
    file(root, "docs/design.md", "");
    file(memory, "sub/deep (1).md", "See [top](../fact-1.md), `src/Main.java:12` and [[later]].\n");
    file(memory, "diary/2026-11-23.md", "Nothing happened.\n");
    file(memory, "picture.png", "\u0089PNG\r\n");
    file(
        memory,
        "MEMORY.md",
        Files.readString(memory.resolve("MEMORY.md"))
            + "- [deep](sub/deep%20%281%29.md#part) and [design](docs/design.md),"
            + " [web](https://x.y/z)\n"
            + "- [yours](user/fact-1.md), [yours too](/memories/user/fact-2.md)\n");
    Map<Path, String> before = contents(temporary);

    MemoryReport report = check(MemoryLimits.DEFAULT);

    assertThat(report.problems()).isEmpty();
    assertThat(report.files()).isEqualTo(15);
    assertThat(contents(temporary)).isEqualTo(before);
  }

  @Test
  void findsNothingWhereThereIsNoMemory() throws IOException {
    Files.delete(memory);

    assertThat(MemoryCheck.of(Workspace.open(root), null, MemoryLimits.DEFAULT).run())
        .isEqualTo(new MemoryReport(0, List.of()));
  }

  @Test
  void findsTopicsThatNoLineOfTheIndexLeadsTo() throws IOException {
    file(memory, "MEMORY.md", "- [a](a.md) - a\n<!-- [c](c.md) -->\n```\n[d](d.md)\n```\n`e.md`\n");
    file(memory, "a.md", "a");
    file(memory, "sub/b.md", "---\nname: B [1]\ndescription: all of b\n---\nb");
    file(memory, "c.md", "c");
    file(memory, "d.md", "d");
    file(memory, "e.md", "e");
    file(user, "f.md", "f");

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path)
        .containsExactly(
            tuple(Kind.ORPHAN, "/memories/c.md"),
            tuple(Kind.ORPHAN, "/memories/d.md"),
            tuple(Kind.ORPHAN, "/memories/sub/b.md"),
            tuple(Kind.ORPHAN, "/memories/user/f.md"));
    assertThat(problems().get(2).remedy()).endsWith("- [B \\[1\\]](sub/b.md) - all of b");
    assertThat(problems().get(3).detail()).contains("/memories/user/MEMORY.md");
  }

  @Test
  void findsLinksOfTheIndexThatLeadNowhere() throws IOException {
    file(memory, "MEMORY.md", "# Memory\n- [a](gone.md) - a\n- [b](b.md) - b\n- [[c]]\n");
    file(memory, "old/b.md", "b");
    file(memory, "c.md", "c");
    file(user, "MEMORY.md", "- [x](x.md)\n");

    assertThat(problems())
        .filteredOn(problem -> problem.kind() == Kind.DANGLING)
        .extracting(MemoryProblem::path, MemoryProblem::line, MemoryProblem::remedy)
        .containsExactly(
            tuple("/memories/MEMORY.md", 2, "remove the line, or write the file again"),
            tuple("/memories/MEMORY.md", 3, "let the line lead to old/b.md"),
            tuple("/memories/user/MEMORY.md", 1, "remove the line, or write the file again"));
  }

  @Test
  void findsFilesThatSayTheSameOrHaveTheSameName() throws IOException {
    file(memory, "MEMORY.md", "[a](a.md) [b](b.md)\n- [c](c.md)\n- [again](./a.md)\n[C](C.md)\n");
    file(memory, "a.md", "---\nname: One  name\ndescription: d\n---\n\nThe same.\n");
    file(memory, "b.md", "---\nname: one name\ndescription: e\n---\n\nAnother.\n");
    file(memory, "c.md", "Third.");
    file(memory, "C.md", "Fourth.");
    file(user, "MEMORY.md", "- [a](a.md)\n");
    file(user, "a.md", "The same.");

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path, MemoryProblem::detail)
        .containsExactly(
            tuple(Kind.DUPLICATE, "/memories/MEMORY.md", "line 1 leads to './a.md' already"),
            tuple(Kind.DUPLICATE, "/memories/b.md", "it has the same name as /memories/a.md"),
            tuple(
                Kind.DUPLICATE,
                "/memories/c.md",
                "its path differs only in letter case from /memories/C.md"),
            tuple(Kind.DUPLICATE, "/memories/user/a.md", "it says the same as /memories/a.md"));
  }

  private static String words(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
  }

  @Test
  void findsFilesThatSayNearlyTheSame() throws IOException {
    file(memory, "MEMORY.md", "[a](a.md) [b](b.md) [c](c.md) [d](d.md) [e](e.md)\n");
    file(memory, "a.md", words(0, 102));
    file(memory, "b.md", "New. " + words(0, 102).toUpperCase(java.util.Locale.ROOT));
    file(memory, "c.md", words(0, 51) + " " + words(200, 251));
    file(memory, "d.md", "Ask first.");
    file(memory, "e.md", "Ask first!");

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path, MemoryProblem::detail)
        .containsExactly(
            tuple(
                Kind.NEAR_DUPLICATE,
                "/memories/b.md",
                "it says nearly the same as /memories/a.md: 99 % of their phrases are common"));
  }

  @Test
  void estimatesTheSimilarityOfLongTexts() {
    Sketch sketch = Sketch.of(words(0, 10_000));

    assertThat(sketch.size()).isEqualTo(Sketch.MOST);
    assertThat(sketch.similarity(Sketch.of(words(2_000, 12_000)))).isBetween(0.58, 0.75);
    assertThat(sketch.similarity(Sketch.of(words(20_000, 30_000)))).isZero();
    assertThat(sketch.similarity(sketch)).isEqualTo(1);
    assertThat(Sketch.of("").similarity(Sketch.of(""))).isZero();
  }

  /// The worst case: as many files as a memory may hold, all nearly the same.
  @Test
  @Timeout(60)
  void comparesTwoThousandFilesInBoundedTime() throws IOException {
    var near = new NearDuplicates();
    for (int i = 0; i < 2_000; i++) {
      Sketch sketch = Sketch.of(words(0, 1_000) + " own " + i);
      assertThat(near.add(sketch).isPresent()).isEqualTo(i > 0);
    }

    assertThat(near.comparisons()).isLessThan(2_000 * 24 * 8);
  }

  @Test
  void findsWhatIsLargerThanAgentsCanUse() throws IOException {
    file(memory, "MEMORY.md", "- [big](big.md)\n" + "- line\n".repeat(200));
    file(user, "MEMORY.md", "---\na: b\n---\n<!--\nfor people\n-->\n" + "- line\n".repeat(200));
    file(memory, "big.md", "x".repeat(MemoryLimits.DEFAULT.fileBytes() + 1));

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path)
        .containsExactly(
            tuple(Kind.OVER_LIMIT, "/memories/MEMORY.md"),
            tuple(Kind.OVER_LIMIT, "/memories/big.md"));
    assertThat(problems().getFirst().detail()).startsWith("it has 201 lines and 1416 bytes");
    assertThat(check(new MemoryLimits(20_000_000, 1, 20_000_000, 1_000, 201, 1_415)).problems())
        .extracting(MemoryProblem::path, MemoryProblem::detail)
        .containsExactly(
            tuple("/memories", "it holds 2 files, but a memory may hold at most 1"),
            tuple(
                "/memories/MEMORY.md",
                "it has 201 lines and 1416 bytes, but agents load only its first 201 lines or 1415"
                    + " bytes"));
    file(user, "MEMORY.md", "é".repeat(12_500) + "\n");
    assertThat(problems()).extracting(MemoryProblem::path).contains("/memories/user/MEMORY.md");
  }

  @Test
  void findsPathsOfTheWorkspaceThatAreGone() throws IOException {
    file(root, "src/Main.java", "");
    file(root, "pom.xml", "");
    file(memory, "MEMORY.md", "- [a](a.md) - see `src/Old.java`\n");
    file(
        memory,
        "a.md",
        """
        Look at `src/Main.java`, `src/Gone.java:12`, `docs/adr/0001-x.md` and `src/gone/Deep`.
        ```
        `src/Example.java`
        ```
        Run `git diff origin/main`, send `application/json` to `example.com/a.html`, use `a/b` or
        `src/*.java`, `pom.xml`, `Main.java`, `dev.homeport.memory`, `target/x.jar`, `/etc/hosts`.
        See [other](other.md), [main](../../src/Main.java), [main](src/Main.java), [x](mailto:a@b.c)
        and once more `src/Gone.java`.
        """);
    file(user, "MEMORY.md", "- [b](b.md)\n");
    file(user, "b.md", "In every project: `src/Nowhere.java`. [dead](dead.md)");

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path, MemoryProblem::line)
        .containsExactly(
            tuple(Kind.STALE, "/memories/MEMORY.md", 1),
            tuple(Kind.STALE, "/memories/a.md", 1),
            tuple(Kind.STALE, "/memories/a.md", 1),
            tuple(Kind.STALE, "/memories/a.md", 1),
            tuple(Kind.STALE, "/memories/a.md", 7),
            tuple(Kind.STALE, "/memories/user/b.md", 1));
    assertThat(problems())
        .extracting(MemoryProblem::detail)
        .containsExactly(
            "it refers to 'src/Old.java', which does not exist",
            "it refers to 'src/Gone.java', which does not exist",
            "it refers to 'docs/adr/0001-x.md', which does not exist",
            "it refers to 'src/gone/Deep', which does not exist",
            "it refers to 'other.md', which does not exist",
            "it refers to 'dead.md', which does not exist");
  }

  @Test
  void findsSecretsAndNeverShowsThem() throws IOException {
    file(memory, "MEMORY.md", "- [" + TOKEN + "](" + TOKEN + ".md)\n");
    file(memory, "a.txt", "one\ntwo " + TOKEN + " and " + TOKEN + "\n");
    file(user, "b.md", "---\nname: " + TOKEN + "\ndescription: d\n---\nb\n");

    assertThat(problems())
        .filteredOn(problem -> problem.kind() == Kind.SECRET)
        .extracting(MemoryProblem::path, MemoryProblem::line, MemoryProblem::detail)
        .contains(
            tuple("/memories/a.txt", 2, "it seems to hold a secret: 2 × github-token"),
            tuple("/memories/user/b.md", 2, "it seems to hold a secret: 1 × github-token"));
    assertThat(problems().toString()).contains("DANGLING", "ORPHAN").doesNotContain(TOKEN);
  }

  @Test
  void findsFrontmatterThatIsBroken() throws IOException {
    Map<String, String> complaints =
        Map.of(
            "---\nname: a\n\nbody\n", "1 the frontmatter that begins with '---' is never closed",
            "---\nname: a\n---\nb", "1 it has no 'description'",
            "---\nname: a\ndescription: d\nname: b\n---\n", "4 the key 'name' is there twice",
            "---\nname: a\ndescription: d\nnonsense\n---\n", "4 this line is no 'key: value'",
            "---\nname: a\ndescription: d: e\n---\n",
                "3 a value with ': ' in it must stand in quotes",
            "---\nname: \"a\ndescription: d\n---\n",
                "2 the quote is not closed at the end of the value",
            "---\nname: a\ndescription: d\ntype: fact\n---\n",
                "1 the type is not one of user, feedback, project, reference",
            "---\nname: a\ndescription: d\nmodified: yesterday\n---\n",
                "1 'modified' is no time such as 2026-11-23T10:00:00Z");
    file(memory, "MEMORY.md", "[a](a.md)\n");
    for (var complaint : complaints.entrySet()) {
      file(memory, "a.md", complaint.getKey());

      assertThat(problems())
          .filteredOn(problem -> problem.kind() == Kind.FRONTMATTER)
          .extracting(problem -> problem.line() + " " + problem.detail())
          .containsExactly(complaint.getValue());
    }
    for (String fine :
        List.of(
            "---\r\nname: 'it''s'\r\ndescription: \"say \\\"no: never\\\"\" # why\r\n---\r\nb",
            "---\nname: a\ndescription: >\n  folded: text\n# comment\ntags:\n- x\n- y\n---\n",
            "---\nname: a\ndescription: d\nmetadata:\n  type: user\nmodified: 2026-11-23\n---\n",
            "No frontmatter.\n---\n")) {
      file(memory, "a.md", fine);

      assertThat(problems()).isEmpty();
    }
  }

  @Test
  void findsFilesThatCannotBeRead() throws IOException {
    file(memory, "MEMORY.md", "[a](a.md)\n");
    Files.write(memory.resolve("a.md"), new byte[] {(byte) 0xff});
    Files.createSymbolicLink(memory.resolve("link.md"), Path.of("/etc/hostname"));
    file(memory, "user/hidden.md", "by the user's memory");

    assertThat(problems())
        .extracting(MemoryProblem::kind, MemoryProblem::path)
        .containsExactly(
            tuple(Kind.UNREADABLE, "/memories/a.md"),
            tuple(Kind.UNREADABLE, "/memories/link.md"),
            tuple(Kind.UNREADABLE, "/memories/user"));
    assertThat(problems().toString()).doesNotContain(temporary.toString());
  }
}
