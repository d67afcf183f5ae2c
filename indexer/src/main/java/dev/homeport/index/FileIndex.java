package dev.homeport.index;

import dev.homeport.index.Ranker.Candidate;
import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/// Ranked search over the files of a workspace, its memory, results, session logs and skills.
///
/// Before each search the tree is compared with the index by size and time of change, and what
/// differs is read again, so an answer knows every change that came before the question. The index
/// is derived: it is made again when it is missing, broken or of another version. Several processes
/// share one index; whoever has something to write takes Lucene's write lock for that long.
/// Thread-safe; between searches it holds nothing open.
public final class FileIndex {
  /// How long one search reads changed files; the rest waits for the next one.
  private static final Duration UPDATE_LIMIT = Duration.ofSeconds(20);

  /// What the documents and words of the index are like; changes with them.
  private static final String FORMAT = "3";

  private static final String FORMAT_KEY = "format";
  private static final Duration WRITER_LIMIT = Duration.ofSeconds(5);
  private static final int MIN_CANDIDATES = 100;
  private static final int CANDIDATES_PER_HIT = 5;

  private final Workspace workspace;
  private final TreeTexts texts;
  private final Set<RankingPart> parts;
  private final Analyzer analyzer;
  private final ReentrantLock updating = new ReentrantLock();
  private final Directory directory;

  private FileIndex(Workspace workspace, Directory directory, Set<RankingPart> parts) {
    this.workspace = workspace;
    this.parts = parts;
    this.analyzer = new WordAnalyzer(parts);
    this.texts = new TreeTexts(workspace);
    this.directory = directory;
  }

  /// Opens the index of a workspace; nothing is read before the first search.
  ///
  /// @param cache where the index lies, outside the workspace; if it cannot be written there, it is
  ///   kept in memory
  public static FileIndex open(Workspace workspace, Path cache) throws IOException {
    return open(workspace, cache, RankingPart.ALL);
  }

  /// Opens an index whose searches rank by some parts alone; it is not for another set of parts.
  static FileIndex open(Workspace workspace, Path cache, Set<RankingPart> parts)
      throws IOException {
    return new FileIndex(workspace, directory(cache), Set.copyOf(parts));
  }

  private static Directory directory(Path cache) throws IOException {
    try {
      Files.createDirectories(cache);
      if (Files.isWritable(cache)) {
        return FSDirectory.open(cache);
      }
    } catch (java.nio.file.FileSystemException e) {
      System.getLogger(FileIndex.class.getName())
          .log(System.Logger.Level.WARNING, "index kept in memory: {0}", e.getClass().getName());
    }
    return new ByteBuffersDirectory();
  }

  /// Answers a question.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public SearchOutcome search(SearchRequest request) throws IOException, InterruptedException {
    return search(request, IndexProgress.NONE);
  }

  /// Answers a question, and tells how far it is meanwhile.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public SearchOutcome search(SearchRequest request, IndexProgress progress)
      throws IOException, InterruptedException {
    Map<String, TreeFile> tree = texts.sweep();
    int pending = update(tree, progress);
    QueryWords words = QueryWords.of(request.query(), analyzer, parts);
    if (words.isEmpty()) {
      return new SearchOutcome(List.of(), tree.size(), pending);
    }
    List<Candidate> candidates;
    try (var reader = DirectoryReader.open(directory)) {
      candidates = candidates(reader, words, request);
    }
    var ranker = new Ranker(analyzer, texts, words, parts);
    try (var opener = new FileOpener(workspace.root())) {
      List<SearchHit> ranked = ranker.rank(candidates, opener);
      List<SearchHit> hits = Hits.sort(request.recent() ? Hits.byAge(ranked, tree) : ranked);
      return new SearchOutcome(
          hits.subList(0, Math.min(hits.size(), request.limit())), tree.size(), pending);
    }
  }

  private List<Candidate> candidates(
      DirectoryReader reader, QueryWords words, SearchRequest request) throws IOException {
    var query = RankedQuery.of(words, request.kinds(), parts, reader);
    int count = Math.max(MIN_CANDIDATES, request.limit() * CANDIDATES_PER_HIT);
    var candidates = new ArrayList<Candidate>();
    for (ScoreDoc passage : new IndexSearcher(reader).search(query, count).scoreDocs) {
      candidates.add(
          new Candidate(
              path(reader, passage.doc),
              (int) number(reader, passage.doc, IndexFields.LINE),
              passage.score));
    }
    return candidates;
  }

  private static String path(DirectoryReader reader, int doc) throws IOException {
    var leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
    var paths = leaf.reader().getSortedDocValues(IndexFields.PATH);
    if (!paths.advanceExact(doc - leaf.docBase)) {
      throw new CorruptIndexException("a passage without a path", "index");
    }
    return paths.lookupOrd(paths.ordValue()).utf8ToString();
  }

  private static long number(DirectoryReader reader, int doc, String field) throws IOException {
    var leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
    var values = leaf.reader().getNumericDocValues(field);
    return values.advanceExact(doc - leaf.docBase) ? values.longValue() : 1;
  }

  private int update(Map<String, TreeFile> tree, IndexProgress progress)
      throws IOException, InterruptedException {
    updating.lockInterruptibly();
    try {
      try {
        return bringUpTo(tree, progress);
      } catch (CorruptIndexException
          | IndexFormatTooOldException
          | IndexFormatTooNewException
          | java.nio.file.NoSuchFileException broken) {
        System.getLogger(FileIndex.class.getName())
            .log(System.Logger.Level.WARNING, "index made again: {0}", broken.getClass().getName());
        for (String file : directory.listAll()) {
          directory.deleteFile(file);
        }
        return bringUpTo(tree, progress);
      }
    } finally {
      updating.unlock();
    }
  }

  private int bringUpTo(Map<String, TreeFile> tree, IndexProgress progress)
      throws IOException, InterruptedException {
    if (DirectoryReader.indexExists(directory)) {
      try (var reader = DirectoryReader.open(directory)) {
        requireFormat(reader);
        if (IndexUpdate.between(tree, reader).isEmpty()) {
          return 0;
        }
      }
    }
    Optional<IndexWriter> opened = writer();
    if (opened.isEmpty()) {
      return tree.size();
    }
    try (var writer = opened.get()) {
      writer.setLiveCommitData(Map.of(FORMAT_KEY, FORMAT).entrySet());
      writer.commit(); // so that there is an index to compare with
      try (var reader = DirectoryReader.open(writer)) {
        // Another process may have done the work while we waited for the lock.
        long deadline = System.nanoTime() + UPDATE_LIMIT.toNanos();
        return IndexUpdate.between(tree, reader)
            .apply(writer, texts, workspace.root(), deadline, progress);
      }
    }
  }

  /// Refuses an index whose words are cut in another way than those of questions.
  private static void requireFormat(DirectoryReader reader) throws IOException {
    String format = reader.getIndexCommit().getUserData().getOrDefault(FORMAT_KEY, "1");
    if (!format.equals(FORMAT)) {
      throw new IndexFormatTooOldException("index", "format " + format + ", not " + FORMAT);
    }
  }

  /// The only writer of the index, or empty if another process stays at it.
  private Optional<IndexWriter> writer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + WRITER_LIMIT.toNanos();
    while (true) {
      try {
        return Optional.of(new IndexWriter(directory, new IndexWriterConfig(analyzer)));
      } catch (LockObtainFailedException busy) {
        if (System.nanoTime() > deadline) {
          System.getLogger(FileIndex.class.getName())
              .log(System.Logger.Level.DEBUG, "another process writes the index");
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
