package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.gram.RandomPattern;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Candidates;
import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.Fingerprint;
import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.search.trigram.build.DiskTree;
import dev.homeport.search.trigram.build.Progress;
import dev.homeport.search.trigram.build.SourceFile;
import dev.homeport.search.trigram.build.TrigramWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkScanTest {
  @TempDir Path temporary;
  private final List<TreeFile> files = new ArrayList<>();

  private TreeFile write(String name, String text) throws IOException {
    Files.writeString(temporary.resolve(name), text);
    try (var opener = new FileOpener(temporary)) {
      Fingerprint print = DiskTree.of(opener.attributes(name));
      return new TreeFile(name, print.size(), print.modified(), 0);
    }
  }

  private FileResult scan(String pattern, TreeFile file, List<Chunk> chunks) throws Exception {
    var request = GrepRequest.of(pattern).build();
    var compiled = RandomPattern.compile(pattern).orElseThrow();
    try (var scanner = new FileScanner(ScannedFiles.below(temporary), compiled, request)) {
      return scanner.scan(file, chunks, 100);
    }
  }

  @Test
  void searchesNothingButTheChunks() throws Exception {
    TreeFile file = write("a", "needle 1\nneedle 2\nneedle 3\n");

    FileResult result = scan("needle", file, List.of(new Chunk(9, 9, 2)));

    assertThat(result.lines()).containsExactly(new LineMatch(2, "needle 2", false, false));
  }

  @Test
  void searchesAllOfAFileThatHasChanged() throws Exception {
    TreeFile file = write("a", "needle 1\nneedle 2\nneedle 3\n");
    write("a", "needle 1\n");

    FileResult result = scan("needle", file, List.of(new Chunk(9, 9, 2)));

    assertThat(result.lines()).containsExactly(new LineMatch(1, "needle 1", false, false));
  }

  @Test
  void dropsTheByteOrderMark() throws Exception {
    TreeFile file = write("a", "\uFEFFneedle\n");

    assertThat(scan("^needle", file, List.of(new Chunk(0, 10, 1))).lines())
        .containsExactly(new LineMatch(1, "needle", false, false));
  }

  /// Whatever the index offers, searching it gives what searching the whole file does.
  @Test
  void findsInChunksWhatTheWholeFileHas() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var patterns = new RandomPattern(random);
    var sources = new ArrayList<SourceFile>();
    for (int i = 0; i < 12; i++) {
      files.add(write("f" + i, text(random, patterns)));
      try (var tree = new DiskTree(temporary)) {
        sources.add(new SourceFile("f" + i, tree.fingerprint("f" + i).orElseThrow()));
      }
    }
    Path cache = temporary.resolve("cache");
    try (TrigramWriter writer = TrigramWriter.open(cache, "tree").orElseThrow()) {
      writer.update(sources, List.of(), () -> new DiskTree(temporary), Progress.NONE);
    }
    int matched = 0;
    try (TrigramIndex index = TrigramIndex.open(cache, "tree").orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      for (int round = 0; round < 100; round++) {
        String source = patterns.next();
        var pattern = RandomPattern.compile(source);
        if (pattern.isPresent()) {
          GrepRequest request = request(source, random);
          var found = snapshot.lookup(GramFilter.of(pattern.get())).candidates();
          String situation = "seed %d: %s".formatted(seed, request);
          matched += compare(snapshot, found, pattern.get(), request, situation);
        }
      }
    }
    assertThat(matched).as("seed %d", seed).isGreaterThan(30);
  }

  private static String text(Random random, RandomPattern patterns) {
    var text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    for (int lines = random.nextInt(2_000); lines > 0; lines--) {
      patterns.next();
      text.append(patterns.text()).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    return text.append(patterns.text()).toString();
  }

  private static GrepRequest request(String pattern, Random random) {
    int context = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
    OutputMode[] modes = OutputMode.values();
    return GrepRequest.of(pattern)
        .mode(modes[random.nextInt(modes.length)])
        .context(context, random.nextInt(2) * context)
        .lineLimit(20)
        .build();
  }

  private int compare(
      TrigramSnapshot snapshot,
      Candidates found,
      CompiledPattern pattern,
      GrepRequest request,
      String situation)
      throws Exception {
    int matched = 0;
    try (var scanner = new FileScanner(ScannedFiles.below(temporary), pattern, request)) {
      for (TreeFile file : files) {
        int cap = request.lineLimit();
        FileResult whole = scanner.scan(file, cap);
        OptionalInt candidate = index(snapshot, found, file);
        matched += whole.count() > 0 ? 1 : 0;
        if (candidate.isEmpty()) {
          assertThat(whole.count()).as(situation).isZero();
        } else {
          assertThat(scanner.scan(file, found.chunks(candidate.getAsInt()), cap))
              .as(situation)
              .isEqualTo(whole);
        }
      }
    }
    return matched;
  }

  private static OptionalInt index(TrigramSnapshot snapshot, Candidates found, TreeFile file) {
    int wanted = snapshot.catalog().find(file.path()).orElseThrow();
    for (int i = 0; i < found.size(); i++) {
      if (found.file(i) == wanted) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
