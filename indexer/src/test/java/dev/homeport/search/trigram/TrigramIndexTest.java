package dev.homeport.search.trigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.gram.RandomPattern;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.trigram.build.DiskTree;
import dev.homeport.search.trigram.build.Progress;
import dev.homeport.search.trigram.build.SourceFile;
import dev.homeport.search.trigram.build.TrigramWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrigramIndexTest {
  @TempDir Path temporary;
  Path root;
  Path cache;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temporary.resolve("root"));
    cache = temporary.resolve("cache");
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private SourceFile source(String path) throws IOException {
    try (var tree = new DiskTree(root)) {
      return new SourceFile(path, tree.fingerprint(path).orElseThrow());
    }
  }

  private int index(List<String> changed, List<String> gone) throws Exception {
    var files = new ArrayList<SourceFile>();
    for (String path : changed) {
      files.add(source(path));
    }
    try (TrigramWriter writer = TrigramWriter.open(cache, "tree").orElseThrow()) {
      return writer.update(files, gone, () -> new DiskTree(root), Progress.NONE);
    }
  }

  private static GramFilter filter(String pattern, Option... options) throws Exception {
    return GramFilter.of(CompiledPattern.compile(pattern, Set.of(options)));
  }

  /// The chunks that the index offers for a pattern, by path; an empty list means the whole file.
  private static Map<String, List<Chunk>> find(TrigramSnapshot snapshot, GramFilter filter)
      throws IOException {
    Candidates candidates = snapshot.lookup(filter).candidates();
    var found = new TreeMap<String, List<Chunk>>();
    for (int i = 0; i < candidates.size(); i++) {
      found.put(snapshot.catalog().path(candidates.file(i)), candidates.chunks(i));
    }
    assertThat(found).hasSize(candidates.size());
    return found;
  }

  private Map<String, List<Chunk>> find(String pattern, Option... options) throws Exception {
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      return find(snapshot, filter(pattern, options));
    }
  }

  @Test
  void findsTheChunkThatHasTheTrigrams() throws Exception {
    String filler = "nothing to see here, move on please\n".repeat(1_000);
    write("src/a.c", filler + "int mutex_lock;\n" + filler);
    write("src/b.c", filler);

    assertThat(index(List.of("src/a.c", "src/b.c"), List.of())).isEqualTo(2);

    Map<String, List<Chunk>> found = find("mutex_lock");
    assertThat(found).containsOnlyKeys("src/a.c");
    assertThat(found.get("src/a.c")).hasSize(1);
    Chunk chunk = found.getOrDefault("src/a.c", List.of()).getFirst();
    byte[] bytes = Files.readAllBytes(root.resolve("src/a.c"));
    String text = new String(bytes, (int) chunk.offset(), chunk.length(), StandardCharsets.UTF_8);
    assertThat(text).contains("mutex_lock").endsWith("\n");
    long linesBefore =
        new String(bytes, 0, (int) chunk.offset(), StandardCharsets.UTF_8).lines().count();
    assertThat(chunk.line()).isEqualTo(1 + linesBefore);
    assertThat(find("nothing").get("src/b.c")).hasSizeGreaterThan(1);
  }

  @Test
  void ordersFilesAsAWalkDoes() throws Exception {
    List<String> walked = List.of("a/b/x", "a/b!", "a/z", "a!b", "a.c", "ab/c", "é");
    for (String path : walked) {
      write(path, "needle");
    }
    index(walked.reversed(), List.of());

    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      FileCatalog catalog = snapshot.catalog();
      for (int file = 0; file < catalog.size(); file++) {
        assertThat(catalog.path(file)).isEqualTo(walked.get(file));
        assertThat(catalog.find(walked.get(file))).hasValue(file);
        assertThat(catalog.fingerprint(file)).isEqualTo(source(walked.get(file)).fingerprint());
      }
      assertThat(catalog.find("a")).isEmpty();
      assertThat(catalog.findAll(List.of("a/b/x", "a/b/y", "a/z", "é", "a.c", "")))
          .containsExactly(0, -1, 2, 6, 4, -1);
      Candidates candidates = snapshot.lookup(filter("needle")).candidates();
      assertThat(candidates.orderedBy(new int[] {6, 5, 4, 3, 2, 1, 0}))
          .containsExactly(6, 5, 4, 3, 2, 1, 0);
    }
  }

  @Test
  void replacesAndForgetsFiles() throws Exception {
    write("a", "first version\n");
    write("b", "first version\n");
    write("c", "first version\n");
    index(List.of("a", "b", "c"), List.of());

    write("a", "second version, longer\n");
    index(List.of("a"), List.of("b"));

    assertThat(find("first")).containsOnlyKeys("c");
    assertThat(find("second")).containsOnlyKeys("a");
  }

  @Test
  void keepsASnapshotWhileTheIndexMovesOn() throws Exception {
    write("a", "first version\n");
    index(List.of("a"), List.of());
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot before = index.snapshot()) {
      index(List.of(), List.of("never there"));
      assertThat(index.refresh()).isFalse();
      write("a", "second version, longer\n");
      index(List.of("a"), List.of());

      assertThat(index.refresh()).isTrue();
      try (TrigramSnapshot after = index.snapshot()) {
        assertThat(find(before, filter("first"))).containsOnlyKeys("a");
        assertThat(find(after, filter("first"))).isEmpty();
      }
    }
  }

  @Test
  void offersFilesWholeThatAreNotSearchedAsTheyAre() throws Exception {
    write("utf16", "\uFEFFneedle".getBytes(StandardCharsets.UTF_16LE));
    write("late-nul", "text\n".repeat(20_000) + "\0");
    write("early-nul", "text\n\0");
    write("first-line", "ab\n\0");
    write("empty", "");
    index(List.of("utf16", "late-nul", "early-nul", "first-line", "empty"), List.of());

    assertThat(find("needle")).containsOnlyKeys("utf16", "late-nul", "first-line");
    assertThat(find("needle").values()).allMatch(List::isEmpty);
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      FileCatalog catalog = snapshot.catalog();
      assertThat(catalog.coverage(catalog.find("early-nul").orElseThrow()))
          .isEqualTo(Coverage.BINARY);
      assertThat(catalog.coverage(catalog.find("empty").orElseThrow())).isEqualTo(Coverage.CHUNKS);
    }
  }

  @Test
  void neverCutsALine() throws Exception {
    String line = "x".repeat(100_000);
    write("long", line + "needle\nshort\n" + line);
    index(List.of("long"), List.of());

    List<Chunk> chunks = find("needle").get("long");
    assertThat(chunks).containsExactly(new Chunk(0, 100_007, 1));
    assertThat(find("short").get("long")).hasSize(1);
  }

  @Test
  void looksForMatchesAcrossLinesInWholeFiles() throws Exception {
    String filler = "nothing to see here\n".repeat(2_000);
    write("both", "start\n" + filler + "finish\n");
    write("one", "start\n" + filler);
    index(List.of("both", "one"), List.of());

    Option[] options = {Option.NEWLINES, Option.DOT_ALL};
    assertThat(find("start.*finish", options)).containsOnlyKeys("both");
    assertThat(find("start.*finish", options).get("both")).isEmpty();
    assertThat(find("(start|finish)\\n", options)).containsOnlyKeys("both", "one");
  }

  @Test
  void doesNotIndexAFileThatChangesWhileItIsRead() throws Exception {
    write("a", "one state");
    var stale = new SourceFile("a", new Fingerprint(1, 2, 3));
    try (TrigramWriter writer = TrigramWriter.open(cache, "tree").orElseThrow()) {
      var gone = new SourceFile("gone", new Fingerprint(1, 2, 3));
      assertThat(
              writer.update(
                  List.of(stale, gone), List.of(), () -> new DiskTree(root), Progress.NONE))
          .isZero();
    }

    assertThat(find("one state")).isEmpty();
    index(List.of("a"), List.of());
    assertThat(find("one state")).containsOnlyKeys("a");
  }

  @Test
  void letsOneWriterInAtATime() throws Exception {
    try (TrigramWriter writer = TrigramWriter.open(cache, "tree").orElseThrow()) {
      assertThat(TrigramWriter.open(cache, "tree")).isEmpty();
      assertThat(writer.update(List.of(), List.of(), () -> new DiskTree(root), Progress.NONE))
          .isZero();
    }
    assertThat(TrigramWriter.open(cache, "tree").map(TrigramIndexTest::close)).contains(true);
  }

  private static boolean close(TrigramWriter writer) {
    try (writer) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void refusesAnIndexOfAnotherTree() throws Exception {
    write("a", "text");
    index(List.of("a"), List.of());

    assertThatExceptionOfType(UnusableIndexException.class)
        .isThrownBy(() -> TrigramIndex.open(cache, "another"));
    try (TrigramWriter writer = TrigramWriter.open(cache, "another").orElseThrow()) {
      writer.update(List.of(), List.of(), () -> new DiskTree(root), Progress.NONE);
    }
    try (TrigramIndex index = TrigramIndex.open(cache, "another").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      assertThat(snapshot.catalog().size()).isZero();
    }
  }

  @Test
  void hasNoIndexBeforeTheFirstCommit() throws Exception {
    assertThat(TrigramIndex.open(cache, "tree")).isEmpty();
    Files.createDirectory(cache);
    assertThat(TrigramIndex.open(cache, "tree")).isEmpty();
  }

  @Test
  void keepsWhatWasReadBeforeAnInterrupt() throws Exception {
    var files = new ArrayList<SourceFile>();
    for (int i = 0; i < 100; i++) {
      write("f" + i, "needle");
      files.add(source("f" + i));
    }
    Thread caller = Thread.currentThread();
    try (TrigramWriter writer = TrigramWriter.open(cache, "tree").orElseThrow()) {
      Progress interrupting =
          (path, _) -> {
            if (path.equals("f50")) {
              caller.interrupt();
              pause();
            }
          };
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(
              () -> writer.update(files, List.of(), () -> new DiskTree(root), interrupting));
    }
    assertThat(find("needle").size()).isBetween(1, 99);

    assertThat(index(files.stream().map(SourceFile::path).toList(), List.of())).isEqualTo(100);
    assertThat(find("needle")).hasSize(100);
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Damage is told as such or does no harm; it never gives other exceptions.
  @Test
  void tellsADamagedIndex() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      write("f" + i, "needle " + i + "\n" + random.ints(2_000).boxed().toList());
    }
    List<String> paths = Stream.iterate(0, i -> i + 1).limit(20).map(i -> "f" + i).toList();
    int told = 0;
    for (int round = 0; round < 40; round++) {
      index(paths, List.of());
      damage(random);
      told += isTold() ? 1 : 0;
      try (TrigramWriter writer = TrigramWriter.openEmpty(cache, "tree").orElseThrow()) {
        writer.update(List.of(), List.of(), () -> new DiskTree(root), Progress.NONE);
      }
    }
    assertThat(told).as("seed %d", seed).isGreaterThan(30);
  }

  private boolean isTold() throws Exception {
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElse(null)) {
      if (index != null) {
        try (TrigramSnapshot snapshot = index.snapshot()) {
          find(snapshot, filter("needle"));
          snapshot.verify();
        }
      }
      return index == null;
    } catch (UnusableIndexException e) {
      return true;
    }
  }

  private void damage(Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(cache)) {
      files = all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
      switch (random.nextInt(3)) {
        case 0 -> raw.setLength(random.nextLong(raw.length()));
        case 1 -> {
          raw.seek(random.nextLong(raw.length()));
          int old = raw.read();
          raw.seek(raw.getFilePointer() - 1);
          raw.write(old ^ (1 << random.nextInt(8)));
        }
        default -> Files.delete(file);
      }
    }
  }

  /// Random texts, patterns and edits: a chunk whose lines match is always among those offered.
  @Test
  void offersEveryChunkThatMatches() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var patterns = new RandomPattern(random);
    Map<String, String> texts = new TreeMap<>();
    for (int round = 0; round < 12; round++) {
      var changed = new ArrayList<String>();
      var gone = new ArrayList<String>();
      for (int i = 0; i < 12; i++) {
        String path = "d" + random.nextInt(3) + "/f" + random.nextInt(6);
        if (random.nextInt(4) == 0 && texts.remove(path) != null) {
          gone.add(path);
          changed.remove(path);
        } else if (!changed.contains(path)) {
          texts.put(path, text(random, patterns));
          write(path, texts.get(path));
          changed.add(path);
          gone.remove(path);
        }
      }
      index(changed, gone);
      verifyAll(texts, patterns, "seed %d, round %d".formatted(seed, round));
    }
  }

  private static String text(Random random, RandomPattern patterns) {
    var text = new StringBuilder();
    for (int lines = random.nextInt(400); lines > 0; lines--) {
      patterns.next();
      text.append(patterns.text()).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private void verifyAll(Map<String, String> texts, RandomPattern patterns, String situation)
      throws Exception {
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      assertThat(snapshot.catalog().size()).as(situation).isEqualTo(texts.size());
      for (int i = 0; i < 150; i++) {
        Optional<CompiledPattern> pattern = RandomPattern.compile(patterns.next());
        if (pattern.isPresent()) {
          Map<String, List<Chunk>> found = find(snapshot, GramFilter.of(pattern.get()));
          for (var file : texts.entrySet()) {
            byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
            var cursor = pattern.get().search(bytes, 0, bytes.length);
            if (cursor.find() && cursor.start() < bytes.length) {
              int match = cursor.start();
              assertThat(found.getOrDefault(file.getKey(), List.of()))
                  .as("%s: %s in %s", situation, patterns.text(), file.getKey())
                  .anyMatch(
                      chunk -> match >= chunk.offset() && match < chunk.offset() + chunk.length());
            }
          }
        }
      }
    }
  }
}
