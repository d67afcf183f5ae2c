package dev.homeport.index;

import dev.homeport.index.Ranker.Candidate;
import dev.homeport.search.LiveFiles;
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
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/// Ranked search over the files of a workspace, its memory, results, session logs and skills.
///
/// Before each search the tree is compared with the index by size and time of change, and what
/// differs is read again, so an answer knows every change that came before the question. Where that
/// takes long, as for a tree that is searched for the first time, an answer comes without the rest,
/// which is read in the background. The index is derived: it is made again when it is missing,
/// broken or of another version. Several processes share one index; whoever has something to write
/// takes Lucene's write lock for that long. Thread-safe; close it after use.
public final class FileIndex implements AutoCloseable {
  /// How long one search waits for changed files to be read.
  private static final Duration UPDATE_LIMIT = Duration.ofSeconds(10);

  private static final int MIN_CANDIDATES = 100;
  private static final int CANDIDATES_PER_HIT = 5;

  private final Workspace workspace;
  private final TreeTexts texts;
  private final Set<RankingPart> parts;
  private final Analyzer analyzer;
  private final CommittedIndex index;
  private final IndexBuilder builder;

  private FileIndex(
      Workspace workspace, Optional<LiveFiles> files, Directory directory, Set<RankingPart> parts) {
    this.workspace = workspace;
    this.parts = parts;
    this.analyzer = new WordAnalyzer(parts);
    this.texts = new TreeTexts(workspace, files);
    this.index = new CommittedIndex(directory);
    this.builder = new IndexBuilder(index, directory, analyzer, texts, workspace.root());
  }

  /// Opens the index of a workspace whose files are watched; nothing is read before the first
  /// search.
  ///
  /// @param files the files of the same workspace, to be open for as long as this
  /// @param cache where the index lies, outside the workspace; if it cannot be written there, it is
  ///   kept in memory
  public static FileIndex open(Workspace workspace, LiveFiles files, Path cache)
      throws IOException {
    return new FileIndex(workspace, Optional.of(files), directory(cache), RankingPart.ALL);
  }

  /// The same, for a workspace that is walked at each search.
  ///
  /// @param cache where the index lies, outside the workspace; if it cannot be written there, it is
  ///   kept in memory
  public static FileIndex open(Workspace workspace, Path cache) throws IOException {
    return open(workspace, cache, RankingPart.ALL);
  }

  /// Opens an index whose searches rank by some parts alone; it is not for another set of parts.
  static FileIndex open(Workspace workspace, Path cache, Set<RankingPart> parts)
      throws IOException {
    return new FileIndex(workspace, Optional.empty(), directory(cache), Set.copyOf(parts));
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
    Map<String, TreeFile> tree = texts.files();
    int pending = builder.bringUpTo(tree, UPDATE_LIMIT, progress);
    QueryWords words = QueryWords.of(request.query(), analyzer, parts);
    builder.searchBegins();
    try {
      List<SearchHit> hits =
          words.isEmpty() ? List.of() : Hits.sort(aged(ranked(words, request), request, tree));
      return new SearchOutcome(
          hits.subList(0, Math.min(hits.size(), request.limit())), tree.size(), pending);
    } finally {
      builder.searchEnds();
    }
  }

  private static List<SearchHit> aged(
      List<SearchHit> hits, SearchRequest request, Map<String, TreeFile> tree) {
    return request.recent() ? Hits.byAge(hits, tree) : hits;
  }

  private List<SearchHit> ranked(QueryWords words, SearchRequest request)
      throws IOException, InterruptedException {
    Optional<DirectoryReader> acquired = index.acquire();
    if (acquired.isEmpty()) {
      return List.of();
    }
    List<Candidate> candidates;
    try {
      candidates = candidates(acquired.get(), words, request);
    } finally {
      CommittedIndex.release(acquired.get());
    }
    try (var opener = new FileOpener(workspace.root())) {
      return new Ranker(analyzer, texts, words, parts).rank(candidates, opener);
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

  /// Ends the reading of files in the background, and gives back what is open.
  @Override
  public void close() {
    builder.close();
    try {
      index.close();
    } catch (IOException e) {
      System.getLogger(FileIndex.class.getName())
          .log(System.Logger.Level.DEBUG, "index=not closed", e);
    }
  }
}
