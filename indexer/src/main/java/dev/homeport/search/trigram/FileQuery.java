package dev.homeport.search.trigram;

import dev.homeport.search.gram.TrigramQuery;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/// Finds the files whose trigrams, of all chunks together, meet a query.
final class FileQuery {
  private final int fileCount;
  private final List<TrigramSnapshot.Segment> segments;

  FileQuery(int fileCount, List<TrigramSnapshot.Segment> segments) {
    this.fileCount = fileCount;
    this.segments = segments;
  }

  FixedBitSet files(TrigramQuery query) throws IOException {
    var files = new FixedBitSet(fileCount);
    switch (query) {
      case TrigramQuery.All() -> files.set(0, fileCount);
      case TrigramQuery.None() -> {}
      case TrigramQuery.Gram _ -> addFiles(query, files);
      case TrigramQuery.And(var parts) -> {
        files.set(0, fileCount);
        for (TrigramQuery part : parts) {
          files.and(files(part));
          if (files.scanIsEmpty()) {
            break;
          }
        }
      }
      case TrigramQuery.Or(var branches) -> {
        for (TrigramQuery branch : branches) {
          files.or(files(branch));
        }
      }
    }
    return files;
  }

  private void addFiles(TrigramQuery gram, FixedBitSet files) throws IOException {
    for (TrigramSnapshot.Segment segment : segments) {
      for (int document : SegmentQuery.of(gram, segment.reader).documents()) {
        int file = segment.files[document];
        if (file >= 0) {
          files.set(file);
        }
      }
    }
  }
}
