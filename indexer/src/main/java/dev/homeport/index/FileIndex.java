package dev.homeport.index;

import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Duration WRITER_LIMIT = Duration.ofSeconds(5);
  private static final int PASSAGES_PER_FILE = 8;

  private final Workspace workspace;
  private final TreeTexts texts;
  private final Analyzer analyzer = new WordAnalyzer();
  private final ReentrantLock updating = new ReentrantLock();
  private final Directory directory;

  private FileIndex(Workspace workspace, Directory directory) {
    this.workspace = workspace;
    this.texts = new TreeTexts(workspace);
    this.directory = directory;
  }

  /// Opens the index of a workspace; nothing is read before the first search.
  ///
  /// @param cache where the index lies, outside the workspace; if it cannot be written there, it is
  ///   kept in memory
  public static FileIndex open(Workspace workspace, Path cache) throws IOException {
    return new FileIndex(workspace, directory(cache));
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
    Map<String, TreeFile> tree = texts.sweep();
    int pending = update(tree);
    Map<String, Integer> words = Words.count(analyzer, request.query());
    if (words.isEmpty()) {
      return new SearchOutcome(List.of(), tree.size(), pending);
    }
    try (var reader = DirectoryReader.open(directory)) {
      var searcher = new IndexSearcher(reader);
      var query = RankedQuery.of(words, request.kinds());
      ScoreDoc[] passages = searcher.search(query, request.limit() * PASSAGES_PER_FILE).scoreDocs;
      var picker = new Passages(analyzer, texts, words.keySet());
      return new SearchOutcome(
          hits(reader, passages, picker, request.limit()), tree.size(), pending);
    }
  }

  private List<SearchHit> hits(
      DirectoryReader reader, ScoreDoc[] passages, Passages picker, int limit)
      throws IOException, InterruptedException {
    var best = new LinkedHashMap<String, ScoreDoc>();
    for (ScoreDoc passage : passages) {
      best.putIfAbsent(path(reader, passage.doc), passage);
    }
    var hits = new ArrayList<SearchHit>();
    try (var opener = new FileOpener(workspace.root())) {
      for (var file : best.entrySet()) {
        if (hits.size() == limit) {
          break;
        }
        String path = file.getKey();
        int line = (int) number(reader, file.getValue().doc, IndexFields.LINE);
        hits.add(
            new SearchHit(
                path, FileKind.of(path), file.getValue().score, picker.best(opener, path, line)));
      }
    }
    return hits;
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

  private int update(Map<String, TreeFile> tree) throws IOException, InterruptedException {
    updating.lockInterruptibly();
    try {
      try {
        return bringUpTo(tree);
      } catch (CorruptIndexException
          | IndexFormatTooOldException
          | IndexFormatTooNewException
          | java.nio.file.NoSuchFileException broken) {
        System.getLogger(FileIndex.class.getName())
            .log(System.Logger.Level.WARNING, "index made again: {0}", broken.getClass().getName());
        for (String file : directory.listAll()) {
          directory.deleteFile(file);
        }
        return bringUpTo(tree);
      }
    } finally {
      updating.unlock();
    }
  }

  private int bringUpTo(Map<String, TreeFile> tree) throws IOException, InterruptedException {
    if (DirectoryReader.indexExists(directory)) {
      try (var reader = DirectoryReader.open(directory)) {
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
      writer.commit(); // so that there is an index to compare with
      try (var reader = DirectoryReader.open(writer)) {
        // Another process may have done the work while we waited for the lock.
        return IndexUpdate.between(tree, reader)
            .apply(writer, texts, workspace.root(), System.nanoTime() + UPDATE_LIMIT.toNanos());
      }
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
