package dev.homeport.search.trigram;

import dev.homeport.search.trigram.FileCatalog.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Reads which files an index has: merges the sorted paths of its segments.
final class CatalogLoader {
  private final List<Part> parts = new ArrayList<>();
  private final FileCatalog catalog;

  CatalogLoader(List<LeafReaderContext> leaves) throws IOException {
    int most = 0;
    for (LeafReaderContext leaf : leaves) {
      var part = new Part(leaf);
      most += part.keyCount;
      parts.add(part);
    }
    catalog = merge(most);
  }

  FileCatalog catalog() {
    return catalog;
  }

  List<TrigramSnapshot.Segment> segments() {
    return parts.stream().map(Part::segment).toList();
  }

  private FileCatalog merge(int most) throws IOException {
    var catalog = new FileCatalog.Builder(most);
    Part least = least(null);
    while (least != null) {
      // Segments hold neighbouring files, so many keys in a row come from one of them.
      Part other = least(least);
      int order = -1;
      while (least.key != null && order < 0) {
        order = other == null ? -1 : least.compareTo(other);
        if (order < 0) {
          least.take(catalog);
        }
      }
      if (order == 0) {
        takeShared(catalog, least);
      }
      least = least(null);
    }
    return catalog.build();
  }

  /// Takes a key that several segments have, such as that of a long file.
  private void takeShared(FileCatalog.Builder catalog, Part first) throws IOException {
    List<Part> having = parts.stream().filter(part -> part.hasKeyOf(first)).toList();
    List<Part> ends = having.stream().filter(Part::hasEnd).toList();
    int file = -1;
    if (!ends.isEmpty()) {
      file = ends.getFirst().addTo(catalog);
    }
    if (ends.size() > 1) {
      // Never written so. If it is so all the same, chunks of one of them are out of date.
      catalog.setCoverage(file, Coverage.WHOLE);
    }
    for (Part part : having) {
      part.number(file);
    }
  }

  /// The segment with the least key, but for one.
  private @Nullable Part least(@Nullable Part except) {
    Part least = null;
    for (Part part : parts) {
      boolean isLess =
          part != except && part.key != null && (least == null || part.compareTo(least) < 0);
      least = isLess ? part : least;
    }
    return least;
  }

  /// What one segment has.
  private static final class Part {
    private final LeafReader reader;
    final int keyCount;

    /// For each document the place of its key among those of the segment, or -1 if it is deleted.
    private final int[] keyOf;

    private final Columns ends;
    private final boolean[] hasEnd;

    /// For each key of the segment the number of its file, or -1.
    private final int[] numbers;

    private final TermsEnum terms;
    private int ordinal = -1;

    /// The current key, or nothing after the last one.
    @Nullable BytesRef key;

    Part(LeafReaderContext leaf) throws IOException {
      this.reader = leaf.reader();
      SortedDocValues paths = DocValues.getSorted(reader, IndexSchema.PATH);
      keyCount = paths.getValueCount();
      keyOf = new int[reader.maxDoc()];
      numbers = new int[keyCount];
      hasEnd = new boolean[keyCount];
      ends = new Columns(keyCount);
      Bits live = reader.getLiveDocs();
      Arrays.fill(keyOf, -1);
      int document = paths.nextDoc();
      while (document != DocIdSetIterator.NO_MORE_DOCS) {
        keyOf[document] = live == null || live.get(document) ? paths.ordValue() : -1;
        document = paths.nextDoc();
      }
      readEnds();
      terms = paths.termsEnum();
      key = next();
    }

    private void readEnds() throws IOException {
      NumericDocValues sizes = DocValues.getNumeric(reader, IndexSchema.SIZE);
      NumericDocValues modified = DocValues.getNumeric(reader, IndexSchema.MODIFIED);
      NumericDocValues inodes = DocValues.getNumeric(reader, IndexSchema.INODE);
      NumericDocValues coverage = DocValues.getNumeric(reader, IndexSchema.COVERAGE);
      int document = sizes.nextDoc();
      while (document != DocIdSetIterator.NO_MORE_DOCS) {
        int file = keyOf[document];
        boolean hasAll =
            modified.advanceExact(document)
                && inodes.advanceExact(document)
                && coverage.advanceExact(document);
        if (file >= 0 && hasAll) {
          hasEnd[file] = true;
          ends.sizes[file] = sizes.longValue();
          ends.modified[file] = modified.longValue();
          ends.inodes[file] = inodes.longValue();
          ends.coverage[file] = (byte) coverage.longValue();
        }
        document = sizes.nextDoc();
      }
    }

    private @Nullable BytesRef next() throws IOException {
      ordinal++;
      return terms.next();
    }

    int compareTo(Part other) {
      return Objects.requireNonNull(key).compareTo(Objects.requireNonNull(other.key));
    }

    boolean hasKeyOf(Part other) {
      return key != null && compareTo(other) == 0;
    }

    boolean hasEnd() {
      return hasEnd[ordinal];
    }

    /// Adds the file of the current key, and gives its number.
    int addTo(FileCatalog.Builder catalog) {
      return catalog.add(Objects.requireNonNull(key), ends, ordinal);
    }

    /// Adds the file of the current key if it was indexed to its end, and goes to the next key.
    void take(FileCatalog.Builder catalog) throws IOException {
      number(hasEnd() ? addTo(catalog) : -1);
    }

    /// Gives the file of the current key its number and goes to the next key.
    void number(int file) throws IOException {
      numbers[ordinal] = file;
      key = next();
    }

    TrigramSnapshot.Segment segment() {
      int[] files = new int[keyOf.length];
      for (int document = 0; document < files.length; document++) {
        files[document] = keyOf[document] < 0 ? -1 : numbers[keyOf[document]];
      }
      return new TrigramSnapshot.Segment(reader, files);
    }
  }
}
