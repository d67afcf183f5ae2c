package dev.homeport.search;

import dev.homeport.search.IndexExplanation.Part;
import dev.homeport.search.IndexExplanation.Way;
import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.gram.TrigramQuery;
import dev.homeport.search.live.FileTable;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.RegexSyntaxException;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Candidates;
import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.search.trigram.UnusableIndexException;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Looks at the index of a workspace from outside of the processes that search by it. Thread-safe.
public final class IndexInspector {
  private static final Duration LONGEST_READING = Duration.ofMinutes(1);

  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofSeconds(10);

  private final Workspace workspace;
  private final LiveFiles files;
  private final Path cache;

  private IndexInspector(Workspace workspace, LiveFiles files, Path cache) {
    this.workspace = workspace;
    this.files = files;
    this.cache = cache;
  }

  /// An inspector of the index that [IndexedFiles] has for the same arguments.
  public static IndexInspector of(Workspace workspace, LiveFiles files, Path cache) {
    return new IndexInspector(workspace, files, cache);
  }

  /// What there is of the index.
  ///
  /// @throws IOException if the files of the workspace cannot be kept in memory here
  public IndexReport report() throws IOException, InterruptedException {
    FileTable table = table();
    Optional<String> sweepReason = files.sweepReason();
    Totals all = Totals.of(table);
    Optional<Long> writer = IndexDirectory.writer(cache);
    try (TrigramIndex index = TrigramIndex.open(cache, workspace.root().toString()).orElse(null);
        IndexView view = index == null ? null : IndexView.join(table, index.snapshot())) {
      return new IndexReport(
          view != null,
          IndexDirectory.bytes(cache),
          view == null ? 0 : view.generation(),
          view == null ? 0 : view.knownFiles(),
          view == null ? 0 : view.chunks(),
          all.files(),
          all.bytes(),
          view == null ? all.files() : view.unknownFiles(),
          writer,
          sweepReason,
          Optional.empty());
    } catch (UnusableIndexException e) {
      return new IndexReport(
          false,
          IndexDirectory.bytes(cache),
          0,
          0,
          0,
          all.files(),
          all.bytes(),
          all.files(),
          writer,
          sweepReason,
          Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /// All files as they are now; the second look tells whether the system tells of changes.
  private FileTable table() throws IOException, InterruptedException {
    files.awaitReady(LONGEST_READING);
    files.table();
    return files
        .table()
        .orElseThrow(
            () -> new IOException("the files of the workspace cannot be kept in memory here"));
  }

  /// Numbers of files and bytes.
  private record Totals(int files, long bytes) {
    static Totals of(FileTable table) {
      var files = new AtomicInteger();
      var bytes = new AtomicLong();
      table.each((file, _) -> {
        files.incrementAndGet();
        bytes.addAndGet(file.bytes());
      });
      return new Totals(files.get(), bytes.get());
    }
  }

  /// What the index does for a pattern, with all files of the workspace in view.
  public IndexExplanation explain(String pattern, Set<GrepOption> options)
      throws IOException, InterruptedException {
    GramFilter filter;
    try {
      filter = GramFilter.of(CompiledPattern.compile(pattern, Grep.options(options)));
    } catch (RegexSyntaxException e) {
      return new IndexExplanation.BadPattern(
          String.valueOf(e.getMessage()), e.position(), e.advice());
    }
    FileTable table = table();
    try (TrigramIndex index = TrigramIndex.open(cache, workspace.root().toString()).orElse(null)) {
      return explain(filter, table, index);
    }
  }

  private static IndexExplanation.Plan explain(
      GramFilter filter, FileTable table, @Nullable TrigramIndex index) throws IOException {
    Totals all = Totals.of(table);
    if (index == null || filter.isOpen()) {
      Way way = index == null ? Way.ALL_WITHOUT_INDEX : Way.ALL_AS_PATTERN_IS_OPEN;
      var none = Duration.ZERO;
      return new IndexExplanation.Plan(
          way, List.of(), none, all.files(), all.files(), all.bytes(), 0, all.files(), all.bytes());
    }
    try (TrigramSnapshot snapshot = index.snapshot();
        IndexView view = IndexView.join(table, snapshot.share())) {
      var parts = new ArrayList<Part>();
      add(parts, filter.query(), 0, snapshot);
      long start = System.nanoTime();
      Candidates candidates = view.candidates(filter);
      var lookup = Duration.ofNanos(System.nanoTime() - start);
      long bytes = view.unknown().stream().mapToLong(TreeFile::bytes).sum();
      int files = view.unknownFiles();
      int chunks = view.unknownFiles();
      for (int i = 0; i < candidates.size(); i++) {
        TreeFile file = view.file(candidates.file(i));
        if (file != null) {
          List<Chunk> of = candidates.chunks(i);
          files++;
          chunks += Math.max(1, of.size());
          bytes += of.isEmpty() ? file.bytes() : of.stream().mapToLong(Chunk::length).sum();
        }
      }
      return new IndexExplanation.Plan(
          filter.perFile() ? Way.FILES : Way.CHUNKS,
          parts,
          lookup,
          files,
          chunks,
          bytes,
          view.unknownFiles(),
          all.files(),
          all.bytes());
    }
  }

  private static void add(List<Part> parts, TrigramQuery query, int depth, TrigramSnapshot snapshot)
      throws IOException {
    int chunks = snapshot.lookup(new GramFilter(query, false)).cost();
    switch (query) {
      case TrigramQuery.All() -> parts.add(new Part(depth, "anything", chunks));
      case TrigramQuery.None() -> parts.add(new Part(depth, "nothing", chunks));
      case TrigramQuery.Gram(var value) -> parts.add(new Part(depth, quoted(value), chunks));
      case TrigramQuery.And(var inner) -> {
        parts.add(new Part(depth, "all of", chunks));
        for (TrigramQuery part : inner) {
          add(parts, part, depth + 1, snapshot);
        }
      }
      case TrigramQuery.Or(var inner) -> {
        parts.add(new Part(depth, "one of", chunks));
        for (TrigramQuery part : inner) {
          add(parts, part, depth + 1, snapshot);
        }
      }
    }
  }

  private static String quoted(int gram) {
    var text = new StringBuilder("\"");
    for (int shift = 16; shift >= 0; shift -= 8) {
      int b = gram >> shift & 0xFF;
      if (b < ' ' || b > '~' || b == '"' || b == '\\') {
        text.append("\\x%02X".formatted(b));
      } else {
        text.append((char) b);
      }
    }
    return text.append('"').toString();
  }

  /// Takes what a rebuild tells.
  public interface Progress {
    /// Is told every now and then how far it is.
    ///
    /// @param done how many files are read
    /// @param all how many files there are
    void at(int done, int all);
  }

  /// Drops the index and makes it anew, or has the process do that which writes it.
  ///
  /// @return whether it was there again within the time that is given
  public boolean rebuild(Duration limit, Progress progress)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    RebuildMark.set(cache);
    int all = Totals.of(table()).files();
    try (IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      int known = 0;
      long since = System.nanoTime();
      boolean isDone = false;
      while (!isDone && System.nanoTime() < deadline) {
        boolean isWhole = indexed.awaitIndexed(STEP);
        IndexStatus status = indexed.status();
        int now = Math.max(status.readFiles(), status.indexedFiles());
        since = now == known ? since : System.nanoTime();
        known = now;
        progress.at(Math.min(all, known), all);
        // Files that nobody can read keep one who does not write the index from calling it whole.
        boolean isAtRest = known > 0 && System.nanoTime() - since > REST.toNanos();
        isDone = (isWhole || isAtRest) && !RebuildMark.isSet(cache);
      }
      return isDone;
    }
  }
}
