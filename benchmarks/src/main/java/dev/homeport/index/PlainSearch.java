package dev.homeport.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// What a search without any part of ours answers: Lucene's BM25 and standard analyzer over the
/// content of whole files, or of lines.
final class PlainSearch implements AutoCloseable {
  private final Analyzer analyzer = new StandardAnalyzer(EnglishAnalyzer.getDefaultStopSet());
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /// Indexes a tree in memory.
  ///
  /// @param lines whether each line that is not blank is a document, rather than each file
  PlainSearch(Path tree, boolean lines) throws IOException {
    IndexSearcher.setMaxClauseCount(100_000);
    var directory = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = tree.relativize(file).toString();
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (lines) {
          addLines(writer, path, text);
        } else {
          add(writer, path, text);
        }
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  private static void addLines(IndexWriter writer, String path, String text) throws IOException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        add(writer, path + "#" + number, line);
      }
    }
  }

  private static void add(IndexWriter writer, String place, String text) throws IOException {
    var document = new Document();
    document.add(new StoredField("place", place));
    document.add(new TextField("text", text, Field.Store.NO));
    writer.addDocument(document);
  }

  /// The best places, best first.
  List<String> search(String question, int limit) {
    try {
      var query = new BooleanQuery.Builder();
      Words.count(analyzer, question)
          .forEach((word, count) ->
              query.add(
                  new BoostQuery(new TermQuery(new Term("text", word)), count), Occur.SHOULD));
      var places = new ArrayList<String>();
      for (var hit : searcher.search(query.build(), limit).scoreDocs) {
        places.add(searcher.storedFields().document(hit.doc).get("place"));
      }
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of memory
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
