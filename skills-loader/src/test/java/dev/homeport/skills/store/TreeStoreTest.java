package dev.homeport.skills.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeStoreTest {
  @TempDir private Path temporary = Path.of("");
  private TreeStore store;

  @BeforeEach
  void open() {
    store = new TreeStore(temporary.resolve("skill-sources"));
  }

  @Test
  void copiesSkillsAndNothingElse() throws IOException {
    SourceTree tree =
        store.put(
            contents(
                Map.of(
                    "a/SKILL.md", "A",
                    "a/scripts/run.sh*", "run",
                    "a/node_modules/x/index.js", "x",
                    "deep/er/b/skill.md", "B",
                    "src/Main.java", "class")));

    assertThat(files(tree.directory()))
        .containsExactly("a/SKILL.md", "a/scripts/run.sh", "deep/er/b/skill.md");
    assertThat(tree.directory().resolve("a/SKILL.md")).hasContent("A");
    assertThat(Files.isExecutable(tree.directory().resolve("a/scripts/run.sh"))).isTrue();
    String lines =
        "file %s a/SKILL.md\nprogram %s a/scripts/run.sh\nfile %s deep/er/b/skill.md\n"
            .formatted(hex("A"), hex("run"), hex("B"));
    assertThat(tree.digest().hex()).isEqualTo(hex(lines));
    assertThat(tree.directory().getFileName()).hasToString(tree.digest().hex());
    assertThat(store.has(tree.digest())).isTrue();
  }

  @Test
  void takesTheWholeSourceIfItIsASkillItself() throws IOException {
    SourceTree tree = store.put(contents(Map.of("SKILL.md", "A", "any/thing.txt", "t")));

    assertThat(files(tree.directory())).containsExactly("SKILL.md", "any/thing.txt");
  }

  @Test
  void keepsOneCopyOfTheSame() throws IOException {
    SourceTree first = store.put(contents(Map.of("a/SKILL.md", "A", "x", "1")));
    SourceTree second = store.put(contents(Map.of("a/SKILL.md", "A", "x", "2")));

    assertThat(second.directory()).isEqualTo(first.directory());
    assertThat(left()).hasSize(1);
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    SourceTree tree =
        store.put(
            contents(
                Map.of(
                    "a/SKILL.md", "A",
                    "b/SKILL.md@", "../a/SKILL.md",
                    "a/docs@", "../src/docs",
                    "a/more@", "docs")));

    assertThat(tree.directory().resolve("b/SKILL.md")).hasContent("A");
    assertThat(tree.notes())
        .containsExactlyInAnyOrder(
            "the link 'a/docs' is left out: what it leads to is no skill",
            "the link 'a/more' is left out: what it leads to is no skill");
    assertThat(Files.isSymbolicLink(tree.directory().resolve("a/docs"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a/x@, ../../x",
    "a/x@, /etc/passwd",
    "a/SKILL.md@, ../../../SKILL.md",
  })
  void refusesLinksThatLeadOut(String path, String target) throws IOException {
    assertThatThrownBy(
            () -> store.put(contents(Map.of("b/SKILL.md", "B", "a/skill.md", "A", path, target))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("leads out of what is taken")
        .hasMessageContaining("--path");
    assertThat(left()).isEmpty();
  }

  @Test
  void refusesALinkThatLeadsOutThroughAnotherOne() throws IOException {
    Files.createDirectories(temporary.resolve("skill-sources/staging/target"));
    var files =
        Map.of(
            "SKILL.md", "A",
            "p/q/r@", "../..",
            "x@", "p/q/r/../target");

    assertThatThrownBy(() -> store.put(contents(files)))
        .hasMessageContaining("the link 'x' leads out");
  }

  @ParameterizedTest
  @CsvSource({"a/../../x", "/a/x", "a//x", "a/\u0007x", "a/../x"})
  void refusesPathsThatAreNone(String path) throws IOException {
    assertThatThrownBy(() -> store.put(contents(Map.of("SKILL.md", "A", path, "x"))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it cannot be taken")
        .hasMessageContaining("--path");
    assertThat(left()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSkill() {
    assertThatThrownBy(
            () -> store.put(contents(Map.of("README.md", "r", "1/2/3/4/5/6/7/SKILL.md", "deep"))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is no SKILL.md in it down to 6 directories");
  }

  @Test
  void refusesASkillOfThousandsOfFilesBeforeItIsWritten() throws IOException {
    var files = new TreeMap<String, String>();
    files.put("big/SKILL.md", "A");
    for (int i = 0; i < 5_000; i++) {
      files.put("big/data/" + i, "x");
    }

    assertThatThrownBy(() -> store.put(contents(files)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "the skill in big has more than 512 files with all below it, and none may; name"
                + " another part of the source with --path");
    assertThat(temporary.resolve("skill-sources/trees")).isEmptyDirectory();

    files.keySet().removeIf(path -> path.startsWith("big/data/4"));
    files.put("small/SKILL.md", "B");
    files.keySet().removeIf(path -> path.startsWith("big/data"));
    files.put("src/much", "x".repeat(20 << 20));
    assertThat(files(store.put(contents(files)).directory())).hasSize(2);

    files.put("small/much", "x".repeat((16 << 20) + 1));
    assertThatThrownBy(() -> store.put(contents(files)))
        .hasMessageContaining("the skill in small has more than 16 MiB");
  }

  @Test
  void leavesNothingWhenReadingFails() throws IOException {
    var failing =
        new Contents(Map.of("a/SKILL.md", "A", "b/SKILL.md", "B")) {
          @Override
          public byte[] read(SourceEntry entry) throws IOException {
            if (entry.path().startsWith("b")) {
              throw new IOException("torn");
            }
            return super.read(entry);
          }
        };

    assertThatThrownBy(() -> store.put(failing)).hasMessage("torn");
    assertThat(left()).isEmpty();
  }

  @Test
  void removesOldCopiesThatNobodyNeeds() throws IOException {
    SourceTree needed = store.put(contents(Map.of("SKILL.md", "1")));
    SourceTree old = store.put(contents(Map.of("SKILL.md", "2")));
    SourceTree young = store.put(contents(Map.of("SKILL.md", "3")));
    Path half = Files.createDirectories(temporary.resolve("skill-sources/staging/half/a"));
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    for (Path path : List.of(needed.directory(), old.directory(), half.resolve(".."))) {
      Files.setLastModifiedTime(path.normalize(), past);
    }

    store.prune(Set.of(needed.digest()));

    assertThat(store.has(needed.digest())).isTrue();
    assertThat(store.has(young.digest())).isTrue();
    assertThat(store.has(old.digest())).isFalse();
    assertThat(half).doesNotExist();
  }

  /// What stands in the store.
  private List<Path> left() throws IOException {
    try (Stream<Path> trees = Files.list(temporary.resolve("skill-sources/trees"));
        Stream<Path> staged = Files.list(temporary.resolve("skill-sources/staging"))) {
      return Stream.concat(trees, staged).toList();
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static String hex(String text) {
    return Sha256.hex(text.getBytes(UTF_8));
  }

  private static SourceContents contents(Map<String, String> files) {
    return new Contents(files);
  }

  /// Files in memory; a path that ends in `*` is a program, one that ends in `@` a link.
  private static class Contents implements SourceContents {
    private final Map<SourceEntry, byte[]> files = new TreeMap<>();

    Contents(Map<String, String> texts) {
      texts.forEach((path, text) -> {
        boolean isMarked = path.endsWith("*") || path.endsWith("@");
        var kind =
            path.endsWith("*")
                ? SourceEntry.Kind.PROGRAM
                : path.endsWith("@") ? SourceEntry.Kind.LINK : SourceEntry.Kind.FILE;
        String plain = isMarked ? path.substring(0, path.length() - 1) : path;
        files.put(new SourceEntry(plain, kind), text.getBytes(UTF_8));
      });
    }

    @Override
    public List<SourceEntry> entries() {
      return List.copyOf(files.keySet());
    }

    @Override
    public long bytes(SourceEntry entry) throws IOException {
      return Objects.requireNonNull(files.get(entry)).length;
    }

    @Override
    public byte[] read(SourceEntry entry) throws IOException {
      return Objects.requireNonNull(files.get(entry));
    }

    @Override
    public Optional<GitRevision> revision() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
