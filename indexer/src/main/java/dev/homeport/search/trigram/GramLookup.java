package dev.homeport.search.trigram;

import dev.homeport.search.gram.GramFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.FixedBitSet;

/// A filter whose trigrams were located in a snapshot. Confined to one thread.
public final class GramLookup {
  private final GramFilter filter;
  private final FileCatalog catalog;
  private final List<TrigramSnapshot.Segment> segments;
  private final List<SegmentQuery> queries;

  private GramLookup(
      GramFilter filter,
      FileCatalog catalog,
      List<TrigramSnapshot.Segment> segments,
      List<SegmentQuery> queries) {
    this.filter = filter;
    this.catalog = catalog;
    this.segments = segments;
    this.queries = queries;
  }

  static GramLookup of(
      GramFilter filter, FileCatalog catalog, List<TrigramSnapshot.Segment> segments)
      throws IOException {
    var queries = new ArrayList<SegmentQuery>();
    for (TrigramSnapshot.Segment segment : segments) {
      queries.add(SegmentQuery.of(filter.query(), segment.reader));
    }
    return new GramLookup(filter, catalog, segments, queries);
  }

  /// The most chunks that can come out, known without looking: for a trigram the chunks that have
  /// it, for a conjunction the least of its parts.
  public int cost() {
    return queries.stream().mapToInt(query -> query.cost).sum();
  }

  /// Looks the filter up: what may hold a match, and never too little.
  ///
  /// @throws UnusableIndexException if the index must be made again
  public Candidates candidates() throws IOException {
    return UnusableIndexException.reading(() -> {
      var found = new Candidates.Builder();
      catalog.wholeFiles().forEach(found::addWhole);
      if (filter.perFile()) {
        addFiles(found);
      } else {
        for (int i = 0; i < segments.size(); i++) {
          addChunks(segments.get(i), queries.get(i).documents(), found);
        }
      }
      return found.build();
    });
  }

  private void addFiles(Candidates.Builder found) throws IOException {
    FixedBitSet files = new FileQuery(catalog.size(), segments).files(filter.query());
    for (int file = 0; file < catalog.size(); file++) {
      if (files.get(file) && catalog.coverage(file) == Coverage.CHUNKS) {
        found.addWhole(file);
      }
    }
  }

  private void addChunks(TrigramSnapshot.Segment segment, int[] documents, Candidates.Builder found)
      throws IOException {
    LeafReader reader = segment.reader;
    NumericDocValues offsets = DocValues.getNumeric(reader, IndexSchema.OFFSET);
    NumericDocValues lengths = DocValues.getNumeric(reader, IndexSchema.LENGTH);
    NumericDocValues lines = DocValues.getNumeric(reader, IndexSchema.LINE);
    for (int document : documents) {
      int file = segment.files[document];
      if (file >= 0 && catalog.coverage(file) == Coverage.CHUNKS) {
        found.addChunk(
            file, value(offsets, document), (int) value(lengths, document), value(lines, document));
      }
    }
  }

  private static long value(NumericDocValues values, int document) throws IOException {
    if (!values.advanceExact(document)) {
      throw new UnusableIndexException("a chunk has no place in its file", null);
    }
    return values.longValue();
  }
}
